const OPENS =
  /(?:\bsuch as(?: your)?|\b(?:may |can |which |that )*includ(?:e|es|ing)(?:,? but (?:is |are )?not limited to,?|,? without limitation,?)?(?: (?:your|the following|information such as))?:?|\(e\.?g\.?,?|\bfollowing:|\b(?:asked? (?:you )?for|ask for|collect|record|log|receive|reports?|need) (?:your|the|an?)(?= ))\s+/gu

/** Spans of the things listed after "such as", "including", "(e.g.,": split at commas and at the last "and". */
export function listedThings(text: string): [number, number][] {
  const spans: [number, number][] = []
  for (const open of text.slice(0, 3000).matchAll(OPENS)) {
    const start = open.index + open[0].length
    if (spans.some(([from, to]) => start >= from && start < to)) continue
    const bracketed = open[0].startsWith('(')
    const end = start + listEnd(text.slice(start), bracketed)
    for (const span of parts(text, start, end)) spans.push(span)
  }
  return spans
}

function listEnd(rest: string, bracketed: boolean): number {
  const stop = (
    bracketed
      ? /\)|\betc\b/u
      : /[;:](?:\s|$)|\.(?:\s|$)|\(e\.g|, (?:and|but) (?:we|you|that|may|which)\b|, (?:we|you|which|that|in order|to (?:help|provide|improve)|when|if)\b| (?:so that|in order to|when|if|unless|provided|because|from your|which we|to (?:our|help|provide|the|find)|for (?:the|our|use)|with those|while|that we|is sent|may be)\b/u
  ).exec(rest)
  return stop === null ? rest.length : stop.index
}

function parts(text: string, start: number, end: number): [number, number][] {
  const spans: [number, number][] = []
  let from = start
  const within = text.slice(start, end)
  for (const match of within.matchAll(
    /,? (?:and\/or|and|or) (?!(?:operating systems?|language|version|time|last name|service selections)\b)|, |\/(?=[a-z]+ pages)/gu,
  )) {
    if (depth(within.slice(0, match.index)) > 0) continue
    push(spans, text, from, start + match.index)
    from = start + match.index + match[0].length
  }
  push(spans, text, from, end)
  return spans
}

function push(spans: [number, number][], text: string, start: number, end: number): void {
  const words = text.slice(start, end).trim()
  if (words.length < 2 || words.split(' ').length > 9 || spans.length >= 40) return
  if (/^(?:other|certain|any other|etc|so on|us|you|more)\.?$/u.test(words)) return
  const lead = text.slice(start, end).length - text.slice(start, end).trimStart().length
  spans.push([start + lead, start + lead + words.length])
}

function depth(text: string): number {
  return (text.match(/\(/gu)?.length ?? 0) - (text.match(/\)/gu)?.length ?? 0)
}
