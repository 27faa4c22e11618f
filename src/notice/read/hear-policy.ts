import type { Category, Declared } from '../declared.ts'
import { entryOf } from '../leaves.ts'
import { pageText, pageValue } from '../page-words.ts'
import { labelHeard } from '../phrasebook.ts'
import { hearSentences, type Leaves } from '../rules.ts'
import { sentencesOf, unlisted, unshown } from '../show-text.ts'
import { lawHeard, type Speech, speechOf } from '../speech.ts'
import { keyOf, type Words } from '../words.ts'
import type { RawBlock } from './raw-block.ts'

type Entry = Record<string, unknown>

/** A policy that was read back, as its file would say it, and where each of its commitments stood. */
export interface Heard {
  readonly policy: Readonly<Entry>
  readonly places: readonly { readonly of: string; readonly start: number; readonly end: number }[]
}

interface OpenSection {
  readonly key: string
  readonly blocks: readonly RawBlock[]
}

const kindKeys = (words: Words): ReadonlyMap<string, string> =>
  new Map([
    ...Object.entries(words.kinds).map(([kind, { heading }]) => [heading, kind] as const),
    ...['short', 'reading', 'data', 'changed'].map((key) => [pageText(words, key), key] as const),
    [pageText(words, 'who'), 'controller'] as const,
  ])

/** The sections of a document by the headings of a language. */
export const sectionsIn = (blocks: readonly RawBlock[], words: Words): readonly OpenSection[] => {
  const keys = kindKeys(words)
  const sections: { key: string; blocks: RawBlock[] }[] = []
  for (const block of blocks) {
    if (block.type === 'heading' && block.level <= 2) sections.push({ key: keys.get(block.text) ?? '', blocks: [] })
    else sections.at(-1)?.blocks.push(block)
  }
  return sections
}

const blocksOf = (sections: readonly OpenSection[], key: string): readonly RawBlock[] =>
  sections.filter((section) => section.key === key).flatMap(({ blocks }) => blocks)

const cell = (block: RawBlock, index: number): string => (block.cells[index] ?? []).join(' ')

/** The author's words for what the vocabulary calls otherwise; undefined where it is called by the vocabulary. */
const called = (text: string, is: string, words: Words): string | undefined =>
  text === words.terms[is] ? undefined : unshown(text, words)

const hearData = (blocks: readonly RawBlock[], words: Words): readonly Category[] =>
  blocks.flatMap((block) => {
    const is = keyOf(words.terms, cell(block, 1))
    const name = labelHeard(cell(block, 2), words)
    if (block.cells.length !== 3 || is === undefined || name === undefined) return []
    return [{ name, is, words: called(cell(block, 0), is, words) }]
  })

const hearController = (blocks: readonly RawBlock[], words: Words): Readonly<Record<string, string>> =>
  Object.fromEntries(
    blocks.flatMap((block) => {
      const key = block.cells.length === 2 ? keyOf(words.controller, cell(block, 0)) : undefined
      if (key === undefined) return []
      const text = cell(block, 1)
      return [[key, key === 'country' ? (keyOf(words.countries, text) ?? text) : text]]
    }),
  )

const hearOwnLaws = (blocks: readonly RawBlock[], words: Words): Declared['laws'] =>
  blocks.flatMap((block) => {
    const name = block.cells.length === 4 ? labelHeard(cell(block, 1), words) : undefined
    if (name === undefined || cell(block, 1) === pageText(words, 'data-name')) return []
    return [{ name, title: cell(block, 2), source: cell(block, 3) }]
  })

interface HeardPurpose extends Category {
  readonly rows: readonly RawBlock[]
  readonly lines: readonly RawBlock[]
  readonly place: RawBlock
}

const hearPurposes = (blocks: readonly RawBlock[], words: Words): readonly HeardPurpose[] => {
  const starts = blocks.flatMap((block, index) => (block.type === 'heading' ? [index] : []))
  return starts.flatMap((start, index) => {
    const own = blocks.slice(start + 1, starts[index + 1])
    const place = blocks[start]
    const name = place === undefined ? undefined : labelHeard(place.text, words)
    if (place === undefined || name === undefined) return []
    const rows = own.filter((block) => block.type === 'row')
    const row = (key: string) => rows.find((each) => cell(each, 0) === pageText(words, key))
    const [why, kind] = [row('purpose-why'), row('purpose-is')]
    const said = why === undefined ? '' : cell(why, 1)
    const is = keyOf(words.terms, kind === undefined ? said : cell(kind, 1)) ?? ''
    const lines = own.filter((block) => block.type === 'line')
    return [{ name, is, words: kind === undefined ? undefined : called(said, is, words), rows, lines, place }]
  })
}

const many = (values: readonly string[]): unknown => (values.length === 1 ? values[0] : [...values])

/** The sentences of a line without the marks at its end. */
const spoken = (line: string, words: Words): readonly string[] => {
  const sentences = [...sentencesOf(line, words)]
  const marks = new Set(['undertaken', 'enforced', 'verified'].map((mark) => pageText(words, mark)))
  while (marks.has(sentences.at(-1) ?? '')) sentences.pop()
  return sentences
}

const purposeEntry = (purpose: HeardPurpose, speech: Speech): Entry => {
  const { words } = speech
  const parts = (key: string): readonly string[] =>
    purpose.rows.find((row) => cell(row, 0) === pageText(words, key))?.cells[1] ?? []
  const uses = parts('purpose-uses').flatMap((phrase) => speech.data.nameOf(phrase) ?? [])
  const basis = parts('purpose-basis').flatMap((phrase) => keyOf(words.terms, phrase) ?? [])
  const leaves = purpose.lines.flatMap(({ text }) => [
    ...(hearSentences('purposes', purpose.name, spoken(text, words), speech) ?? []),
  ])
  return {
    is: purpose.is,
    ...(basis.length === 0 ? {} : { basis: many(basis) }),
    uses: uses.length === 1 ? uses[0] : uses,
    ...(purpose.words === undefined ? {} : { words: purpose.words }),
    ...entryOf('purposes', purpose.name, new Map(leaves)),
  }
}

const hearLaws = (blocks: readonly RawBlock[], speech: Speech): readonly string[] => {
  const lead = `${pageText(speech.words, 'laws')}: `
  const line = blocks.find((block) => block.type === 'line' && block.text.startsWith(lead))
  if (line === undefined) return []
  const text = line.text.slice(lead.length).replace(/\.$/u, '')
  const whole = speech.laws.nameOf(text)
  const items = whole === undefined ? unlisted(text, speech.words) : [text]
  return items.flatMap((item) => lawHeard(item, speech) ?? [])
}

const withoutIs = (leaves: Leaves): Leaves => new Map([...leaves].filter(([key]) => key !== 'is'))

/** The commitments of a kind from the lines of its section; what an erasure keeps belongs to the right before it. */
const hearKind = (
  kind: string,
  lines: readonly RawBlock[],
  speech: Speech,
): { block: Entry; places: Heard['places'] } => {
  const { words } = speech
  const block: Entry = {}
  const places: Heard['places'][number][] = []
  let right: { entry: Entry; of: string } | undefined
  for (const { text, start, end } of lines) {
    const [first = '', ...sentences] = spoken(text, words)
    const label = first.replace(/\.$/u, '')
    const exception = kind === 'rights' ? pageValue(words, 'exception', label) : undefined
    if (exception !== undefined && right !== undefined) {
      const name = labelHeard(exception, words)
      if (name === undefined) continue
      const leaves = hearSentences('exception', name, sentences, speech)
      if (leaves === undefined) continue
      right.entry.except = { ...(right.entry.except ?? {}), [name]: entryOf('exception', name, leaves) }
      places.push({ of: right.of, start, end })
      continue
    }
    const name = kind === 'rights' ? keyOf(words.kinds.rights?.names ?? {}, label) : labelHeard(label, words)
    if (name === undefined) continue
    const leaves = hearSentences(kind, name, sentences, speech)
    if (leaves === undefined || leaves.size === 0) continue
    const entry: Entry = { ...entryOf(kind, name, kind === 'rights' ? withoutIs(leaves) : leaves) }
    block[name] = entry
    right = { entry, of: `${kind}.${name}` }
    places.push({ of: `${kind}.${name}`, start, end })
  }
  return { block, places }
}

/** The policy that the sections of a notice say; what they do not say is not in it. */
export const hearPolicy = (sections: readonly OpenSection[], words: Words): Heard => {
  const who = blocksOf(sections, 'controller')
  const controller = hearController(who, words)
  const laws = hearOwnLaws(who, words)
  const data = hearData(blocksOf(sections, 'data'), words)
  const purposes = hearPurposes(blocksOf(sections, 'purposes'), words)
  const speech = speechOf({ data, purposes, laws }, words)
  const law = hearLaws(who, speech)
  const places: Heard['places'][number][] = purposes.map(({ name, place, rows, lines }) => ({
    of: `purposes.${name}`,
    start: place.start,
    end: Math.max(place.end, ...[...rows, ...lines].map(({ end }) => end)),
  }))
  const policy: Entry = {
    kept: 1,
    controller,
    ...(law.length === 0 ? {} : { law: [...law] }),
    ...(laws.length === 0
      ? {}
      : { laws: Object.fromEntries(laws.map(({ name, title, source }) => [name, { title, source }])) }),
    data: Object.fromEntries(
      data.map(({ name, is, words: own }) => [name, own === undefined ? { is } : { is, words: own }]),
    ),
  }
  const purposeEntries = purposes.map((purpose) => [purpose.name, purposeEntry(purpose, speech)] as const)
  for (const kind of Object.keys(words.kinds)) {
    const lines = blocksOf(sections, kind).filter((block) => block.type === 'line')
    const heard =
      kind === 'purposes' ? { block: Object.fromEntries(purposeEntries), places: [] } : hearKind(kind, lines, speech)
    if (Object.keys(heard.block).length > 0) policy[kind] = heard.block
    places.push(...heard.places)
  }
  return { policy, places }
}
