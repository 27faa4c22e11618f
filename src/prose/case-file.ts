import type { Disposition } from './labels.ts'

/** One expected sentence of a case file. */
export interface ExpectedSentence {
  readonly label: string
  readonly disposition: Disposition
  readonly text: string
}

const DISPOSITIONS: Readonly<Record<string, Disposition>> = { m: 'machine', h: 'human-task', n: 'not-a-promise' }

/** Reads a case file of `cases/`: the document it describes, and what is expected of each sentence. */
export function readCaseFile(file: string): {
  readonly source: string
  readonly expected: readonly ExpectedSentence[]
} {
  const expected: ExpectedSentence[] = []
  let source = ''
  for (const line of file.split('\n')) {
    const [label = '', disposition = '', ...rest] = line.split(' | ')
    const text = rest.join(' | ').trim()
    if (text === '') {
      source += '\n\n'
      continue
    }
    expected.push({ label: label.trim(), disposition: DISPOSITIONS[disposition.trim()] ?? 'machine', text })
    const opens = source === '' || source.endsWith('\n')
    source += `${opens ? '' : /^[-(]/u.test(text) ? '\n' : ' '}${text}`
  }
  return { source: `${source.trim()}\n`, expected }
}
