import { z } from 'zod'
import { given } from '../base/given.ts'
import { date, duration, oneOrMany, source, text } from '../language/terms.ts'
import type { Task } from './commitment-kind.ts'

/** What a person does so that a commitment holds, by whom, and by when or how often. */
const task = z
  .union([
    z.literal(true),
    z.strictObject({
      owner: text.meta({ description: 'Role that does it, e.g. privacy officer' }),
      every: duration.optional().meta({ description: 'Done again after this long, e.g. P1Y' }),
      due: date.optional().meta({ description: 'Done by this day' }),
      says: text.optional().meta({ description: 'What is to be done' }),
    }),
  ])
  .meta({ id: 'task', description: 'A person has to act: true, or owner with every or due' })

/** The task of an entry; nothing where there is none, or none that can be read. */
export const readTask = (value: unknown): Task | undefined => {
  const read = task.safeParse(value)
  if (!read.success) return undefined
  return read.data === true ? {} : given(read.data)
}

/** Keys that a commitment of any kind may carry. */
export const everyEntry = {
  if: oneOrMany(text).optional().meta({ description: 'Holds only under these conditions' }),
  unless: oneOrMany(text).optional().meta({ description: 'Does not hold in these cases' }),
  task: task.optional(),
  words: text.optional().meta({ description: 'How the notice says it' }),
  source: source.optional(),
} as const

export const everyEntryKeys: readonly string[] = Object.keys(everyEntry)
