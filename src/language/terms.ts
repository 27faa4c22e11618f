import { z } from 'zod'
import { durationPattern } from '../base/duration.ts'
import { countries } from './countries.ts'
import { dpvTerms, type TermPosition } from './dpv.ts'
import { fideslangTerms } from './fideslang.ts'

// A name becomes part of a commitment's id, of file names and of columns of an export: no dots, spaces or signs.
const namePattern = /^[\p{L}_][\p{L}\p{N}_-]{0,63}$/u

/** A name that the author of a policy or store map chooses. The message of each shape is the code of its fault. */
export const name = z
  .string()
  .regex(namePattern, 'policy.bad-name')
  .meta({ description: 'A name: letters, digits, - and _' })

export const text = z.string().min(1).max(4000)

export const duration = z
  .string()
  .regex(durationPattern, 'policy.bad-duration')
  .meta({ description: 'ISO 8601 duration, e.g. P1M, P6Y, P2W, PT72H' })

/** True for a day of the calendar as ISO 8601 writes it. */
const isDay = (written: string): boolean => {
  const day = new Date(`${written}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(written)
}

export const date = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'policy.bad-date', abort: true })
  .refine(isDay, 'policy.bad-date')
  .meta({ description: 'ISO 8601 date, e.g. 2026-11-22' })

export const country = z
  .string()
  .regex(/^[A-Z]{2}$/, { error: 'policy.bad-country', abort: true })
  .refine((code) => countries.has(code), 'policy.bad-country')
  .meta({ description: 'ISO 3166-1 alpha-2 code, e.g. GB' })

/** One or several, as a policy may write either. */
export const oneOrMany = <Schema extends z.ZodType>(schema: Schema) => z.union([schema, z.array(schema).max(1000)])

/** The sentences of an imported notice that say this, e.g. `kayako#88`. */
export const source = oneOrMany(z.string().min(1).max(200)).meta({
  id: 'source',
  description: 'Sentences of the imported notice that say this, e.g. kayako#88',
})

/** Terms of DPV by CURIE, and the keys by which Fideslang calls them. */
const term = (position: TermPosition, description: string) => {
  const fideslang = Object.keys(position === 'data' || position === 'purpose' ? fideslangTerms[position] : {})
  return z
    .enum([...dpvTerms[position], ...fideslang], 'policy.unknown-term')
    .meta({ id: `${position}-term`, description })
}

export const dataTerm = term('data', 'DPV term for a data category, e.g. pd:EmailAddress')
export const purposeTerm = term('purpose', 'DPV purpose, e.g. dpv:CustomerCare')
export const basisTerm = term('basis', 'Legal basis, e.g. eu-gdpr:A6-1-b or dpv:Consent')

/** A single value or a list, as a list. */
export const listOf = <Value>(value: Value | readonly Value[] | undefined): readonly Value[] => {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value as Value]
}
