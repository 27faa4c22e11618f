import { z } from 'zod'
import { country, duration, name, oneOrMany, source, text } from '../language/terms.ts'
import { apiEntry } from './api-vocabulary.ts'

const columnName = z.string().min(1).max(300)
const jsonPath = z
  .string()
  .max(500)
  .regex(/^\$/, 'store.bad-path')
  .meta({ description: 'Place inside JSON, RFC 9535, e.g. $.user.id' })

const columnPlace = z.strictObject({ column: columnName, path: jsonPath.optional() })
const column = z.union([columnName, columnPlace])

const keyColumn = z.union([
  columnName,
  z.strictObject({
    column: columnName,
    path: jsonPath.optional(),
    fold: z.boolean().optional().meta({ description: 'Compare without regard to letter case; default false' }),
    case: z.enum(['fold', 'exact']).optional().meta({ description: 'The same in a word' }),
  }),
])

export const personEntry = z
  .strictObject({
    key: z.record(name, oneOrMany(keyColumn)).meta({ description: 'Identities that link records: kind → column' }),
    hint: z
      .record(name, oneOrMany(column))
      .optional()
      .meta({ description: 'Shown to an approver, never linked: kind → column' }),
    erase: z
      .enum(['row', 'part'])
      .optional()
      .meta({ description: 'Default: part if a field says erase or keep, else row' }),
  })
  .meta({ description: 'The rows of this table are people' })

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])

export const roleEntry = z
  .strictObject({
    key: oneOrMany(column).optional().meta({ description: 'Column (or columns) of this table that lead to a person' }),
    to: oneOrMany(
      z.union([columnName, z.strictObject({ table: columnName, column: columnName, path: jsonPath.optional() })]),
    )
      .optional()
      .meta({ description: 'What key equals, e.g. users.id' }),
    by: name.optional().meta({
      description: 'What key holds is an identity of this kind, of people who need no record here: by: email',
    }),
    via: oneOrMany(text)
      .optional()
      .meta({ description: 'Joins, e.g. [groups.instance = id, users.id = groups.owner]' }),
    when: z
      .record(columnName, oneOrMany(scalar))
      .optional()
      .meta({ description: 'Only where these columns have these values' }),
    erase: z
      .enum(['row', 'part', 'keep-link'])
      .meta({ description: 'What erasure does to a row in which a person has this role' }),
    owns: z.boolean().optional().meta({ description: 'This role owns a shared row: it goes with the owner' }),
    separator: z
      .string()
      .min(1)
      .max(10)
      .optional()
      .meta({ description: 'key is text that holds several ids, e.g. ","' }),
  })
  .meta({ description: 'Who a row is about, and in what role' })

const codec = z.union([
  z.string().min(1).max(200),
  z.array(z.string().min(1).max(50)).min(1).max(10),
  z.strictObject({ by: columnName }),
  z.strictObject({ name: z.string().min(1).max(200) }),
])

const fieldShape = z.strictObject({
  is: text.optional().meta({ description: 'Data category of the policy, or none' }),
  erase: z.enum(['clear', 'pseudonym', 'redact']).optional().meta({ description: 'What erasure does; default clear' }),
  keep: name.optional().meta({ description: 'A named exception of the policy: keep beats erase' }),
  codec: codec.optional().meta({ description: 'How the cell is encoded: base64, base64>zip, or { by: column }' }),
  of: name.optional().meta({ description: 'The role whose data this is, where a row has several people' }),
  path: jsonPath.optional(),
  correct: z.enum(['spread', 'keep', 'none']).optional().meta({
    description: 'What a correction does: spread writes the new value, keep leaves history, none is told only',
  }),
})

export const stopEntry = z
  .strictObject({
    set: z
      .record(columnName, scalar)
      .optional()
      .meta({ description: 'Columns and their values that end the use, e.g. newsletter_ok: false' }),
    remove: z.literal('row').optional().meta({ description: 'The row goes: a place on a list' }),
    of: name.optional().meta({ description: 'The role of the person in the row' }),
  })
  .refine(({ set, remove }) => (set === undefined) !== (remove === undefined), 'store.bad-stop')
  .meta({ description: 'How the use for a purpose ends here: set or remove' })

export const fieldEntry = z.union([text, fieldShape, z.array(fieldShape).min(1).max(200)])

export const tableEntry = z.strictObject({
  for: oneOrMany(name).optional().meta({ description: 'Purposes that the rows serve' }),
  within: columnName
    .optional()
    .meta({ description: 'Column of the tenant: the same e-mail in two tenants is two people' }),
  clock: z.record(name, columnName).optional().meta({ description: 'Clock of the policy → column' }),
  person: personEntry.optional(),
  people: z.record(name, roleEntry).nullable().optional(),
  fields: z
    .record(columnName, fieldEntry)
    .nullable()
    .optional()
    .meta({ description: 'Column → category, none, or more' }),
  stop: z
    .record(name, stopEntry)
    .optional()
    .meta({ description: 'Purpose → what ends its use when somebody objects or withdraws' }),
  allow: z
    .strictObject({
      cascades: oneOrMany(columnName).optional().meta({ description: 'Tables that cascades from here may reach' }),
      triggers: oneOrMany(columnName).optional().meta({ description: 'Triggers that may run' }),
      permanent: z
        .boolean()
        .optional()
        .meta({ description: 'The table may be written although its engine knows no transactions (MyISAM, Aria)' }),
    })
    .optional(),
  words: text.optional().meta({ description: 'How people call what this table holds' }),
})

const copyEntry = z.union([duration, z.strictObject({ keep: duration, words: text.optional() })])

/** A store map, as written. */
export const storeVocabulary = z
  .strictObject({
    store: name.meta({ description: 'Name of the store' }),
    connect: z.strictObject({
      read: z.string().meta({
        description:
          'Where the connection string is: env:NAME or file:PATH (read rights are enough); human where a person does what is asked',
      }),
      execute: z.string().optional().meta({ description: 'The same for erasure' }),
      guard: z.string().optional().meta({ description: 'The same for `kept store guard`: the owner of the tables' }),
      application: oneOrMany(columnName).optional().meta({ description: 'Roles that the application itself uses' }),
    }),
    country: country.optional(),
    zone: z.string().max(100).optional().meta({ description: 'IANA zone of clocks without one; default UTC' }),
    role: z
      .enum(['controller', 'processor'])
      .optional()
      .meta({ description: "The vendor's part here; default controller" }),
    copies: z
      .record(name, copyEntry)
      .optional()
      .meta({ description: 'Backups and replicas: kept until their own end' }),
    undeclared: z
      .enum(['off', 'warn', 'refuse'])
      .optional()
      .meta({ description: 'What the store itself does with values in columns that no map declares; default off' }),
    tables: z.record(columnName, tableEntry.nullable()),
    human: z
      .strictObject({
        owner: text.meta({ description: 'Role that does what is asked' }),
        within: duration.optional().meta({ description: 'How long it may take; default: until the request is due' }),
        words: text.optional().meta({ description: 'What has to be done there' }),
      })
      .optional()
      .meta({ description: 'Who does it where no program can: with connect: { read: human }' }),
    api: apiEntry.optional(),
    words: text.optional(),
    source: source.optional(),
  })
  .meta({ title: 'A store map of Kept' })

export type TableFile = z.output<typeof tableEntry>
export type RoleFile = z.output<typeof roleEntry>
export type FieldFile = z.output<typeof fieldEntry>
