import { z } from 'zod'
import { commitmentKinds } from '../commitments/index.ts'
import { exceptionEntry } from '../commitments/rights/vocabulary.ts'

/** What a value of a commitment is, so that it can be put into words and read back. */
export type FieldType =
  | 'word'
  | 'data'
  | 'purpose'
  | 'name'
  | 'clock'
  | 'law'
  | 'term'
  | 'text'
  | 'duration'
  | 'date'
  | 'country'
  | 'number'
  | 'flag'
  | 'ages'

/** One key of a commitment; keys inside keys are joined by a dot, e.g. `task.owner`. */
export interface Field {
  readonly key: string
  readonly type: FieldType
  /** Whether the policy file writes one value, a list, or either. */
  readonly shape: 'one' | 'list' | 'either'
  /** The values of a closed set, and those that stand beside values of the type: `true`, `session`. */
  readonly fixed: readonly (string | boolean)[]
}

type Schema = { readonly [key: string]: unknown }

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null

/** Values that may stand in one place: an alternative each. */
const alternatives = (schema: Schema, definitions: Schema): readonly Schema[] => {
  if (typeof schema.$ref === 'string') {
    const named = definitions[schema.$ref.split('/').at(-1) ?? '']
    return isSchema(named) ? alternatives(named, definitions) : []
  }
  const several = schema.anyOf ?? schema.allOf
  return Array.isArray(several) ? several.filter(isSchema).flatMap((one) => alternatives(one, definitions)) : [schema]
}

// Closed sets above this size are vocabularies of DPV, whose words stand in one place for all kinds.
const mostWords = 40

const namedType = (key: string): FieldType => {
  const last = key.split('.').at(-1)
  if (last === 'for' || last === 'with') return 'purpose'
  if (last === 'from') return 'clock'
  return last === 'sets' ? 'name' : 'data'
}

const patternType = (pattern: string, key: string): FieldType => {
  if (pattern.startsWith('^P')) return 'duration'
  if (pattern.startsWith('^[A-Z]{2}')) return 'country'
  return pattern.startsWith('^\\d{4}') ? 'date' : namedType(key)
}

const typeOf = (schema: Schema, key: string): FieldType => {
  if (Array.isArray(schema.enum)) return schema.enum.length > mostWords ? 'term' : 'word'
  if (schema.type === 'boolean') return 'flag'
  if (schema.type === 'integer') return 'number'
  if (schema.type === 'object') return 'ages'
  if (typeof schema.pattern === 'string') return patternType(schema.pattern, key)
  if (key === 'law') return 'law'
  return key === 'next' ? 'name' : 'text'
}

const fixedOf = (schema: Schema): readonly (string | boolean)[] => {
  const values = Array.isArray(schema.enum) ? schema.enum : 'const' in schema ? [schema.const] : []
  if (schema.type === 'boolean' && values.length === 0) return [true, false]
  return values.filter((value) => typeof value === 'string' || typeof value === 'boolean')
}

const fieldsOf = (properties: unknown, definitions: Schema, prefix: string): readonly Field[] =>
  Object.entries(isSchema(properties) ? properties : {}).flatMap(([name, schema]) => {
    if (name === 'source' || !isSchema(schema)) return []
    const key = `${prefix}${name}`
    const plain = alternatives(schema, definitions)
    const inside = plain.flatMap((one) => fieldsOf(one.properties, definitions, `${key}.`))
    const lists = plain.filter((one) => one.type === 'array')
    const values = plain.filter((one) => one.type !== 'array' && one.properties === undefined)
    const items = lists.flatMap((list) => (isSchema(list.items) ? alternatives(list.items, definitions) : []))
    const every = [...values, ...items]
    // A map of nested commitments (`except`) says its own statements.
    const nested = every.some((one) => isSchema(one.additionalProperties) && one.additionalProperties.type === 'object')
    if (every.length === 0 || nested) return inside
    const open = every.find((one) => !('const' in one)) ?? every[0]
    const type = open === undefined ? 'flag' : 'const' in open ? 'flag' : typeOf(open, key)
    const shape = lists.length === 0 ? 'one' : values.some((one) => !('const' in one)) ? 'either' : 'list'
    return [{ key, type, shape, fixed: [...new Set(every.flatMap(fixedOf))] } as const, ...inside]
  })

const schemaOf = (vocabulary: z.ZodType): Schema => z.toJSONSchema(vocabulary, { io: 'input', target: 'draft-7' })

/** The kinds whose entries are named by the language and not by the author, with the fields of each. */
const namedByLanguage = (schema: Schema): boolean => isSchema(schema.properties)

const read = (vocabulary: z.ZodType): ReadonlyMap<string, readonly Field[]> => {
  const schema = schemaOf(vocabulary)
  const definitions = isSchema(schema.definitions) ? schema.definitions : {}
  if (!namedByLanguage(schema)) {
    const entry = isSchema(schema.additionalProperties) ? schema.additionalProperties : schema
    return new Map([['', fieldsOf(entry.properties, definitions, '')]])
  }
  return new Map(
    Object.entries(schema.properties as Schema).map(([name, entry]) => [
      name,
      (isSchema(entry) ? alternatives(entry, definitions) : []).flatMap((one) =>
        fieldsOf(one.properties, definitions, ''),
      ),
    ]),
  )
}

let known: ReadonlyMap<string, ReadonlyMap<string, readonly Field[]>> | undefined

/**
 * The fields of every kind, by kind and, where the language names the entries (rights), by entry; '' where the author does.
 * `exception` holds those of what an erasure keeps. Read from the vocabularies, so that a new key is seen at once.
 */
export const everyField = (): ReadonlyMap<string, ReadonlyMap<string, readonly Field[]>> => {
  known ??= new Map([
    ...commitmentKinds.map((kind) => [kind.key, read(kind.vocabulary)] as const),
    ['exception', new Map([['', fieldsOf(schemaOf(exceptionEntry).properties, {}, '')]])] as const,
  ])
  return known
}

/** The fields of one commitment. */
export const fieldsFor = (kind: string, entry: string): readonly Field[] => {
  const kinds = everyField().get(kind)
  return kinds?.get(entry) ?? kinds?.get('') ?? []
}
