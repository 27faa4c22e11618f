import { expect, test } from 'vitest'
import { z } from 'zod'
import { commitmentKinds } from '../../commitments/index.ts'
import { sayings } from './sayings.ts'

/** The forms that a kind's vocabulary takes; the names of its entries where they are fixed; else none. */
function formsOf(vocabulary: z.ZodType): readonly string[] {
  const schema = z.toJSONSchema(vocabulary, { io: 'input' }) as {
    readonly properties?: object
    readonly additionalProperties?: { readonly properties?: { readonly is?: { readonly enum?: readonly string[] } } }
  }
  return schema.properties ? Object.keys(schema.properties) : (schema.additionalProperties?.properties?.is?.enum ?? [])
}

test('every kind has something to say in DPV, and nothing is said of forms that no kind has', () => {
  expect(Object.keys(sayings).toSorted()).toEqual(commitmentKinds.map(({ key }) => key as string).toSorted())
  for (const { key, vocabulary } of commitmentKinds) {
    const said = Object.keys(sayings[key] ?? {}).filter((form) => form !== '*')
    expect(
      said.filter((form) => !formsOf(vocabulary).includes(form)),
      key,
    ).toEqual([])
  }
})
