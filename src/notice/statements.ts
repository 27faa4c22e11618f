import { entriesOf, valueAt } from '../commitments/block.ts'
import { leavesOf } from './leaves.ts'
import type { Mark, Statement } from './notice.ts'
import { pageText } from './page-words.ts'
import { labelShown } from './phrasebook.ts'
import { sayLeaves } from './rules.ts'
import type { Speech } from './speech.ts'

/** What is known of commitments beyond the policy: which a gate carries out, and which a probe has found kept. */
export interface Proven {
  readonly enforced: ReadonlySet<string>
  readonly verified: ReadonlySet<string>
}

/** The keys of a purpose that its table says. */
export const inTable: readonly string[] = ['is', 'basis', 'uses', 'words']

/**
 * The one rule of what a notice may claim: what neither a gate carries out nor a probe has found kept is said to be
 * undertaken by us, and nothing more.
 */
export const marksOf = (id: string, proven: Proven): readonly Mark[] => {
  const marks: Mark[] = []
  if (proven.enforced.has(id)) marks.push('enforced')
  if (proven.verified.has(id)) marks.push('verified')
  return marks.length === 0 ? ['undertaken'] : marks
}

const labelOf = (kind: string, name: string, speech: Speech): string =>
  speech.words.kinds[kind]?.names?.[name] ?? labelShown(name, speech.words)

/** A commitment in words; what an erasure keeps follows it as statements of their own. */
export const statementsOf = (
  kind: string,
  name: string,
  entry: unknown,
  speech: Speech,
  proven: Proven,
): readonly Statement[] => {
  const of = `${kind}.${name}`
  const marked = (mark: Mark) => ({ mark, text: pageText(speech.words, mark) })
  const leaves = new Map(leavesOf(kind, name, entry))
  // A right has no `is`: its name is its form.
  if (kind === 'rights') leaves.set('is', [name])
  if (kind === 'purposes') for (const key of inTable) leaves.delete(key)
  const own = {
    of,
    anchor: of,
    // A purpose stands under a heading of its name.
    label: kind === 'purposes' ? '' : labelOf(kind, name, speech),
    sentences: sayLeaves(kind, name, leaves, speech),
    marks: marksOf(of, proven).map(marked),
  }
  const exceptions = entriesOf(valueAt(entry, 'except')).map(([exception, kept]) => ({
    of,
    anchor: `${of}.${exception}`,
    label: pageText(speech.words, 'exception', { name: labelShown(exception, speech.words) }),
    sentences: sayLeaves('exception', exception, leavesOf('exception', exception, kept), speech),
    // An erasure leaves it, and that is proven; that it goes when its own term ends, nothing makes sure of.
    marks: [marked('undertaken')],
  }))
  return [own, ...exceptions]
}

/** Every commitment of a kind in words, in the order of the file. */
export const statementsOfKind = (kind: string, block: unknown, speech: Speech, proven: Proven): readonly Statement[] =>
  entriesOf(block).flatMap(([name, entry]) => statementsOf(kind, name, entry, speech, proven))
