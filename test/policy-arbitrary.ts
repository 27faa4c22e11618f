/** Policies made by chance out of the vocabularies themselves: whatever a policy file may say, they may say. */
import fc from 'fast-check'
import type { z } from 'zod'
import { commitmentKinds } from '../src/commitments/index.ts'

type Value = unknown
type Shape = Readonly<Record<string, z.ZodType>>

/** What of a schema tells what may stand there; read without its types, which are those of its makers. */
interface Definition {
  readonly type: string
  readonly innerType?: z.ZodType
  readonly shape?: Shape
  readonly options?: readonly z.ZodType[]
  readonly entries?: Readonly<Record<string, string>>
  readonly values?: readonly Value[]
  readonly element?: z.ZodType
  readonly keyType?: z.ZodType
  readonly valueType?: z.ZodType
}

export const definitionOf = (schema: z.ZodType): Definition => schema._zod.def as unknown as Definition

const names = fc.constantFrom('email', 'phone', 'visits', 'support', 'billing', 'other')
// A name fits where a text is meant, but none where a day, a country or a duration is: the first that fits is meant.
const samples: readonly fc.Arbitrary<Value>[] = [
  names,
  fc.constantFrom('a first text', 'a second text', 'privacy@example.org', 'TLS 1.3'),
  fc.constantFrom('DE', 'GB', 'US', 'IE'),
  fc.constantFrom('2025-01-31', '2026-11-22', '2027-02-28'),
  fc.constantFrom('P30D', 'P1M', 'P90D', 'P1Y', 'P2Y', 'PT72H', 'PT0S'),
  fc.integer({ min: 2, max: 20 }),
  fc.integer({ min: 11, max: 900 }),
]

/** Plain values that the schema accepts: the sample lists are tried in turn. */
const plain = (schema: z.ZodType): fc.Arbitrary<Value> => {
  const fits = samples.filter((sample) =>
    fc.sample(sample, { numRuns: 5, seed: 1 }).every((one) => schema.safeParse(one).success),
  )
  const [first] = fits
  if (first === undefined) throw new Error(`no sample fits ${definitionOf(schema).type}`)
  return first
}

/** Values of a schema; optional ones are there half of the time. */
export const arbitraryOf = (schema: z.ZodType): fc.Arbitrary<Value> => {
  const definition = definitionOf(schema)
  const { innerType, shape, options, entries, values, element, keyType, valueType } = definition
  if (definition.type === 'object' && shape !== undefined) return objectOf(shape)
  if (definition.type === 'union' && options !== undefined) return fc.oneof(...options.map(arbitraryOf))
  if (definition.type === 'enum' && entries !== undefined)
    return fc.constantFrom(...Object.values(entries).slice(0, 12))
  if (definition.type === 'literal' && values !== undefined) return fc.constantFrom(...values)
  if (definition.type === 'array' && element !== undefined) {
    const items = fc.uniqueArray(arbitraryOf(element), { minLength: 1, maxLength: 3 })
    return items.filter((list) => schema.safeParse(list).success)
  }
  if (definition.type === 'record' && valueType !== undefined && keyType !== undefined)
    return fc.dictionary(plain(keyType) as fc.Arbitrary<string>, arbitraryOf(valueType), {
      maxKeys: 2,
      noNullPrototype: true,
    })
  if (definition.type === 'boolean') return fc.boolean()
  if (innerType !== undefined) return arbitraryOf(innerType)
  return plain(schema)
}

const isOptional = (schema: z.ZodType): boolean => schema.safeParse(undefined).success

const objectOf = (shape: Shape): fc.Arbitrary<Value> =>
  fc.record(Object.fromEntries(Object.entries(shape).map(([key, schema]) => [key, arbitraryOf(schema)])), {
    requiredKeys: Object.keys(shape).filter((key) => !isOptional(shape[key] as z.ZodType)),
    noNullPrototype: true,
  })

/** A policy with entries of every kind. */
export const policies: fc.Arbitrary<Record<string, Value>> = fc.record(
  {
    kept: fc.constant(1),
    controller: fc.record({
      name: fc.constantFrom('Larkspur', 'Foxglove'),
      contact: fc.constant('privacy@example.org'),
    }),
    data: fc.dictionary(names, fc.record({ is: fc.constantFrom('pd:EmailAddress', 'pd:Name', 'pd:IPAddress') }), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
    ...Object.fromEntries(commitmentKinds.map(({ key, vocabulary }) => [key, arbitraryOf(vocabulary)])),
  },
  { noNullPrototype: true },
)
