import { z } from 'zod'
import type { Path } from '../commitments/commitment-kind.ts'

/** The schemas that may stand one step below a schema. */
const below = (schema: unknown, step: string | number): readonly unknown[] => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return below(schema.unwrap(), step)
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => below(option, step))
  if (schema instanceof z.ZodArray) return typeof step === 'number' ? [schema.element] : []
  if (schema instanceof z.ZodRecord) return [schema.valueType]
  if (schema instanceof z.ZodObject) return Object.hasOwn(schema.shape, step) ? [schema.shape[step]] : []
  return []
}

const keysOf = (schema: unknown): readonly string[] => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return keysOf(schema.unwrap())
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(keysOf)
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
}

/** The keys that may stand at a path, in the order in which the schema names them. */
export const keysAt = (schema: z.ZodType, path: Path): readonly string[] => {
  let schemas: readonly unknown[] = [schema]
  for (const step of path) schemas = schemas.flatMap((candidate) => below(candidate, step))
  return [...new Set(schemas.flatMap(keysOf))]
}

/** Lists longer than this stand on a page of their own. */
const mostWords = 24

const pages: Readonly<Record<string, string>> = {
  'data-term': 'a DPV term of docs/terms.md',
  'purpose-term': 'a DPV purpose of docs/terms.md',
  'basis-term': 'a legal basis of docs/terms.md, e.g. eu-gdpr:A6-1-b',
}

const wordsOf = (schema: unknown): readonly string[] => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return wordsOf(schema.unwrap())
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(wordsOf)
  if (schema instanceof z.ZodArray) return wordsOf(schema.element)
  if (schema instanceof z.ZodBoolean) return ['true', 'false']
  if (schema instanceof z.ZodLiteral) return [...schema.values].map(String)
  const described = schema instanceof z.ZodType ? schema.meta() : undefined
  if (schema instanceof z.ZodEnum) {
    const words = schema.options.map(String)
    return words.length <= mostWords ? words : [pages[described?.id ?? ''] ?? 'a word of docs/kinds.md']
  }
  const example = /^ISO (?:8601|3166-1 alpha-2) (?:duration|date|code), e\.g\. \w[\w-]*/u.exec(
    described?.description ?? '',
  )
  return example === null ? [] : [`a${/^ISO/u.test(example[0]) ? 'n' : ''} ${example[0]}`]
}

/** What a value at a path may be, in words: those of a closed set, or the form it takes; empty where any text does. */
export const wordsAt = (schema: z.ZodType, path: Path): readonly string[] => {
  let schemas: readonly unknown[] = [schema]
  for (const step of path) schemas = schemas.flatMap((candidate) => below(candidate, step))
  return [...new Set(schemas.flatMap(wordsOf))]
}
