import type { Disposition } from './labels.ts'

/** What a case expects a slot to name, by its key: `data`, `for` (purposes), `to` (recipients). */
export type ExpectedSlots = Readonly<Partial<Record<'data' | 'purposes' | 'recipients', readonly string[]>>>

/** One expected sentence of a case file. */
export interface ExpectedSentence {
  readonly label: string
  readonly disposition: Disposition
  readonly text: string
  readonly slots: ExpectedSlots
}

const DISPOSITIONS: Readonly<Record<string, Disposition>> = { m: 'machine', h: 'human-task', n: 'not-a-promise' }
const KEYS: Readonly<Record<string, 'data' | 'purposes' | 'recipients'>> = {
  data: 'data',
  for: 'purposes',
  to: 'recipients',
}

/** Reads a case file of `cases/`: the document it describes, and what is expected of each sentence. */
export function readCaseFile(file: string): {
  readonly source: string
  readonly expected: readonly ExpectedSentence[]
} {
  const expected: ExpectedSentence[] = []
  let source = ''
  for (const line of file.split('\n')) {
    const slot = /^ {2}(data|for|to): (.+)$/u.exec(line)
    const last = expected.at(-1)
    const key = KEYS[slot?.[1] ?? '']
    if (last !== undefined && key !== undefined) {
      expected[expected.length - 1] = { ...last, slots: { ...last.slots, [key]: (slot?.[2] ?? '').trim().split('; ') } }
      continue
    }
    const [label = '', disposition = '', ...rest] = line.split(' | ')
    const text = rest.join(' | ').trim()
    if (text === '') {
      source += '\n\n'
      continue
    }
    expected.push({
      label: label.trim(),
      disposition: DISPOSITIONS[disposition.trim()] ?? 'machine',
      text,
      slots: {},
    })
    const opens = source === '' || source.endsWith('\n')
    source += `${opens ? '' : /^[-(]/u.test(text) ? '\n' : ' '}${text}`
  }
  return { source: `${source.trim()}\n`, expected }
}
