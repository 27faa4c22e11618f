import { z } from 'zod'
import { storeVocabulary } from './store-vocabulary.ts'
import { policyVocabulary } from './vocabulary.ts'

/** A JSON Schema, draft 7: what the YAML servers of editors read. */
export type JsonSchema = Readonly<Record<string, unknown>>

const schemaOf = (vocabulary: z.ZodType): JsonSchema => ({
  ...z.toJSONSchema(vocabulary, { io: 'input', target: 'draft-7' }),
})

/** What an editor knows of `kept.yaml`. Names that are declared in the file are checked by `kept check` only. */
export const policyJsonSchema = (): JsonSchema => schemaOf(policyVocabulary)

/** What an editor knows of `stores/NAME.yaml`. */
export const storeJsonSchema = (): JsonSchema => schemaOf(storeVocabulary)
