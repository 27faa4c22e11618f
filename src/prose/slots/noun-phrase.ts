import { BOUNDARY_WORDS, DESCRIBING, VERB_FORMS } from './words.ts'

/** A stretch of a text, end exclusive. */
export type Span = readonly [number, number]

/** No kind of data or company has a longer name; what is longer is another clause. */
const MOST_MODIFIERS = 5

/** Where the noun phrase begins whose head begins at `head`: kinds and qualities before it belong to it, articles and verbs do not. */
export function phraseStart(text: string, head: number): number {
  let start = head
  for (let count = 0; count < MOST_MODIFIERS; count += 1) {
    const before = /(?:^|[^\p{L}\p{N}'/&.-])([\p{L}\p{N}'/&-]{2,30})([ ]| \([^()]{1,30}\) )$/u.exec(
      text.slice(Math.max(0, start - 70), start),
    )
    const word = before?.[1] ?? ''
    if (word === '' || BOUNDARY_WORDS.has(word)) break
    const at = start - word.length - (before?.[2] ?? '').length
    if (VERB_FORMS.has(word) && !describes(text, at, word)) break
    if (ACTS_TOO.has(word) && ACTING.test(text.slice(Math.max(0, at - 16), at))) break
    if (/ly$/u.test(word) && word !== 'family' && word !== 'personally' && word !== 'individually') break
    start = at
  }
  return start
}

/** Nouns by spelling that act after "we", "to", "may": "we record information". */
const ACTS_TOO: ReadonlySet<string> = new Set(
  'record log order contact report support request account search register research purchase process guard review link share use access store limit process list name test cover'.split(
    ' ',
  ),
)
const ACTING =
  /(?:\b(?:we|you|they|to|may|will|can|must|not|also|and|servers|or|automatically|browser|who|which|that)) $/u

/** "the collected data" describes, "we collected data" acts. */
function describes(text: string, at: number, word: string): boolean {
  if (!DESCRIBING.has(word)) return false
  return !/(?:\b(?:we|you|they|i|have|has|had|by|of|for|to|when|while|not|be|is|are)|,)\s$/u.test(
    text.slice(Math.max(0, at - 12), at),
  )
}

const NEVER_SPLIT =
  /^(?:and|or) (?:across|over|in|on|from|for|with|of|about|secret answers|operating systems?|languages?|versions?|last names?|surnames?|service selections|times? of)\b/u

/** Cuts a list of nouns at its commas and at "and", "or", "and/or", outside brackets; "browser type and language" stays one. */
export function listParts(text: string, start: number, end: number): Span[] {
  const spans: Span[] = []
  const within = text.slice(start, end)
  let from = 0
  for (const match of within.matchAll(/,? (?:and\/or|and|or|as well as|together with|along with|\/) |[,;] /gu)) {
    if (match.index < from || depth(within.slice(0, match.index)) > 0) continue
    const joint = match[0].trim().replace(/^,\s*/u, '')
    const left = within.slice(from, match.index)
    const right = within.slice(match.index + match[0].length)
    if (
      (!match[0].startsWith(',') && NEVER_SPLIT.test(`${joint} ${right}`)) ||
      (!match[0].startsWith(',') && joined(left, right))
    )
      continue
    push(spans, text, start + from, start + match.index)
    from = match.index + match[0].length
  }
  push(spans, text, start + from, end)
  return spans
}

/** "home or work address": a lone quality before the joint shares the noun after it. */
function joined(left: string, right: string): boolean {
  const last = left.trim().replace(/^(?:your|the|an?|any)\s+/u, '')
  if (/\s/u.test(last) || last === '') return false
  return SHARING.has(last) && /^[\p{L}'-]+ (?:[\p{L}'-]+ ){0,2}?(?:[\p{L}'-]+)/u.test(right.trim())
}

/** Qualities that stand alone only when the noun follows later. */
const SHARING: ReadonlySet<string> = new Set(
  'home work billing shipping postal mailing first last educational financial personal technical current previous business private mobile debit credit delivery browser device genetic racial political religious medical sexual physical online legal'.split(
    ' ',
  ),
)

function push(spans: Span[], text: string, start: number, end: number): void {
  const words = text.slice(start, end)
  const trimmed = words.trim()
  if (trimmed.length < 2 || spans.length >= 40) return
  const at = start + (words.length - words.trimStart().length)
  spans.push([at, at + trimmed.length])
}

function depth(text: string): number {
  return (text.match(/\(/gu)?.length ?? 0) - (text.match(/\)/gu)?.length ?? 0)
}

/** The last noun of a phrase before what is told about it: "type of browser" has "type", "web site page views" has "views". */
export function headOf(phrase: string): string {
  const core = phrase
    .replace(/\s*\([^)]*\)/gu, '')
    .split(
      /[ ](?:of|from|about|in|on|at|with|for|to|by|that|which|who|you|we|when|where|used|within|regarding|concerning|associated|relating|related|loaded|installed|taken|provided|collected|stored|contained)(?= |$)/u,
    )[0]
  return (
    (core ?? '')
      .trim()
      .split(' ')
      .at(-1)
      ?.replace(/[^\p{L}\p{N}'-]/gu, '') ?? ''
  )
}

/** The singular of a noun, as the lists of heads and names have it. */
export function singular(noun: string): string {
  if (/(?:ss|us|is|ics|data|sms)$/u.test(noun)) return noun
  if (/[^aeou]ies$/u.test(noun) && !/(?:cook|mov|zomb)ies$/u.test(noun)) return `${noun.slice(0, -3)}y`
  if (/(?:ss|sh|ch|x)es$/u.test(noun)) return noun.slice(0, -2)
  return noun.endsWith('s') ? noun.slice(0, -1) : noun
}
