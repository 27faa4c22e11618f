import { entriesOf, valueAt } from '../commitments/block.ts'
import { commitmentKinds } from '../commitments/index.ts'
import type { Declared } from './declared.ts'
import type { Block, Row } from './notice.ts'
import { pageText } from './page-words.ts'
import { labelShown } from './phrasebook.ts'
import { calledShown } from './purpose-sections.ts'
import { folded, listed, shown } from './show-text.ts'
import type { Speech } from './speech.ts'
import { marksOf, type Proven } from './statements.ts'

const paragraph = (of: string, text: string): Block => ({ type: 'paragraph', of, text })

const tableOf = (caption: string, columns: readonly string[], rows: readonly Row[]): readonly Block[] =>
  rows.length === 0 ? [] : [{ type: 'table', caption, columns, rows }]

const controllerRows = ({ controller }: Declared, { words }: Speech): readonly Row[] =>
  Object.entries(words.controller).flatMap(([key, head]) => {
    const value = controller[key]
    if (value === undefined) return []
    const text = key === 'country' ? (words.countries[value] ?? value) : folded(value)
    return [{ head, of: 'controller', cells: [[{ of: 'controller', text }]] }]
  })

const ownLawRows = ({ laws }: Declared, speech: Speech): readonly Row[] =>
  laws.map(({ name, title, source }) => {
    const cell = (text: string) => [{ of: 'law', text }]
    const cells = [cell(labelShown(name, speech.words)), cell(folded(title)), cell(folded(source))]
    return { head: speech.laws.phraseOf(name), of: 'law', cells }
  })

/** Who is responsible, and under which laws. */
export const whoBlocks = (declared: Declared, speech: Speech): readonly Block[] => {
  const { words, laws } = speech
  const applying = listed(
    declared.law.map((law) => laws.phraseOf(law)),
    words,
  )
  const columns = ['law-called', 'data-name', 'law-title', 'law-source'].map((key) => pageText(words, key))
  return [
    ...tableOf(pageText(words, 'who'), [], controllerRows(declared, speech)),
    ...(declared.law.length === 0 ? [] : [paragraph('law', `${pageText(words, 'laws')}: ${applying}.`)]),
    ...tableOf(pageText(words, 'own-laws'), columns, ownLawRows(declared, speech)),
  ]
}

/** Which data is held, and how the notice calls it. */
export const dataBlocks = ({ data }: Declared, speech: Speech): readonly Block[] => {
  const { words } = speech
  const columns = ['data-words', 'data-is', 'data-name'].map((key) => pageText(words, key))
  const rows = data.map((category): Row => {
    const of = `data.${category.name}`
    const cell = (text: string) => [{ of, text }]
    return {
      head: calledShown(category, speech),
      of,
      cells: [cell(words.terms[category.is] ?? category.is), cell(labelShown(category.name, words))],
    }
  })
  return tableOf(pageText(words, 'data-caption'), columns, rows)
}

/** What the marks mean that occur, and on which kinds nothing is stated. */
export const readingBlocks = (policy: unknown, { words }: Speech, proven: Proven): readonly Block[] => {
  const ids = commitmentKinds.flatMap(({ key }) => entriesOf(valueAt(policy, key)).map(([name]) => `${key}.${name}`))
  const marks = new Set(ids.flatMap((id) => marksOf(id, proven)))
  const unstated = commitmentKinds.filter(({ key }) => entriesOf(valueAt(policy, key)).length === 0)
  const kinds = unstated.map(({ key }) => shown(words.kinds[key]?.heading ?? key, words))
  return [
    ...(['undertaken', 'enforced', 'verified'] as const)
      .filter((mark) => marks.has(mark))
      .map((mark) => paragraph('reading', pageText(words, `${mark}-means`))),
    ...(ids.length === 0 ? [] : [paragraph('reading', pageText(words, 'repeated'))]),
    ...(kinds.length === 0 ? [] : [paragraph('reading', pageText(words, 'unstated', { kinds: listed(kinds, words) }))]),
  ]
}
