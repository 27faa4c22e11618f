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
