import type { ShownText } from './shown.ts'
import { cut } from './shown.ts'
import type { Piece } from './split.ts'

const ENUMERATOR = /(^|\s)\(?(\d{1,2}|[a-z]|[ivx]{1,5}|[IVX]{1,5})\)\s/gu

/** Cuts an inline enumeration, a list of kinds of data, or joined clauses of a list into lead-in and items. */
export function splitItems(shown: ShownText, runIn: number, inList: boolean): Piece[] {
  const cuts = enumeratorCuts(shown.text) ?? (inList ? joinedClauseCuts(shown.text) : dataListCuts(shown.text))
  if (cuts === undefined || cuts.at.length === 0) {
    return [{ shown, runIn, item: inList, leadIn: /:\W*$/u.test(shown.text) }]
  }
  const pieces: Piece[] = []
  let start = 0
  for (const end of [...cuts.at, shown.text.length]) {
    const part = cut(shown, start, end)
    if (part !== undefined) {
      const first = start === 0
      const leads = first && cuts.lead
      pieces.push({ shown: part, runIn: first ? runIn : 0, item: first ? inList : inList || cuts.lead, leadIn: leads })
    }
    start = end
  }
  return pieces
}

interface Cuts {
  readonly at: readonly number[]
  /** The first part governs the others. */
  readonly lead: boolean
}

/** (a) … (b) …, (1) … (2) …, (i) … (ii) …: cut before each mark of one series that counts up from its first. */
function enumeratorCuts(text: string): Cuts | undefined {
  const found = [...text.slice(0, 20_000).matchAll(ENUMERATOR)].map((match) => ({
    at: match.index + (match[1]?.length ?? 0),
    mark: match[2] ?? '',
  }))
  for (const series of [count, letter, roman]) {
    const at: number[] = []
    for (const mark of found) if (series(at.length).includes(mark.mark)) at.push(mark.at)
    if (at.length >= 2) {
      const lead = (at[0] ?? 0) > 0
      return { at: lead ? at : at.slice(1), lead }
    }
  }
  return undefined
}

const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii']
const count = (index: number): string[] => [String(index + 1)]
const letter = (index: number): string[] => [String.fromCharCode(97 + index)]
const roman = (index: number): string[] => [ROMAN[index] ?? '', (ROMAN[index] ?? '').toUpperCase()]

/** Within a list, a semicolon before a clause of its own begins another item. */
function joinedClauseCuts(text: string): Cuts | undefined {
  const at = semicolons(text).filter((place) => {
    const rest = text.slice(place).trim()
    return (
      rest.split(/\s+/u).length >= 4 &&
      /^(?:and |or )?(?:we|you|they|our|your|if|when|where|as|third|any|the|this|it)\b/iu.test(rest)
    )
  })
  return at.length > 0 ? { at, lead: false } : undefined
}

const COLLECTS =
  /\b(?:collect|collects|collected|record|records|gather|gathers|receive|receives|obtain|obtains|store|stores|log|logs|process|includes?|including|following|such as)\b/iu

/** A long list of kinds of data set apart by semicolons: each is a commitment of its own. Lists of purposes stay one sentence. */
function dataListCuts(text: string): Cuts | undefined {
  const places = semicolons(text)
  if (places.length < 2) return undefined
  const lead = text.slice(0, places[0])
  const items = places.map((place, index) =>
    text.slice(place, places[index + 1]).replace(/^[\s;]*(?:(?:and|or)\s+)?/iu, ''),
  )
  const doings = items.filter((item) => /^(?:to\s+)?\p{L}+ing\b/iu.test(item) || /^to\s/iu.test(item)).length
  const clauses = items.filter((item) => /^(?:we|you|they|our|if|when|where|it|this)\s/iu.test(item)).length
  if (doings * 2 >= items.length || clauses > 0 || !COLLECTS.test(lead)) return undefined
  const colon = depthZero(lead, ':').at(-1)
  return { at: colon === undefined ? places : [colon, ...places], lead: true }
}

/** Offsets just after each semicolon outside brackets. */
function semicolons(text: string): number[] {
  return depthZero(text, ';').filter((place) => text.slice(place).trim() !== '')
}

function depthZero(text: string, mark: string): number[] {
  const places: number[] = []
  let depth = 0
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index)
    if (character === '(') depth += 1
    else if (character === ')') depth = Math.max(0, depth - 1)
    else if (character === mark && depth === 0 && !/[/\d]/u.test(text.charAt(index + 1))) places.push(index + 1)
  }
  return places
}
