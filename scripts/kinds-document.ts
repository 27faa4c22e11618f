/** The page of the twelve kinds that a policy may state and nothing carries out yet, as their vocabularies say it. */
import { aggregatesForms } from '../src/commitments/aggregates/vocabulary.ts'
import { changesForms } from '../src/commitments/changes/vocabulary.ts'
import { childrenForms } from '../src/commitments/children/vocabulary.ts'
import { consentForms } from '../src/commitments/consent/vocabulary.ts'
import { devicesForms } from '../src/commitments/devices/vocabulary.ts'
import { disclosureForms } from '../src/commitments/disclosure/vocabulary.ts'
import { everyEntryKeys } from '../src/commitments/every-entry.ts'
import type { Forms } from '../src/commitments/forms.ts'
import { messagesForms } from '../src/commitments/messages/vocabulary.ts'
import { recourseForms } from '../src/commitments/recourse/vocabulary.ts'
import { securityForms } from '../src/commitments/security/vocabulary.ts'
import { sharingForms } from '../src/commitments/sharing/vocabulary.ts'
import { trackingForms } from '../src/commitments/tracking/vocabulary.ts'
import { transfersForms } from '../src/commitments/transfers/vocabulary.ts'
import { policyJsonSchema } from '../src/policy/json-schema.ts'

const KINDS: Readonly<Record<string, Forms>> = {
  tracking: trackingForms,
  consent: consentForms,
  messages: messagesForms,
  disclosure: disclosureForms,
  sharing: sharingForms,
  aggregates: aggregatesForms,
  transfers: transfersForms,
  security: securityForms,
  children: childrenForms,
  devices: devicesForms,
  recourse: recourseForms,
  changes: changesForms,
}

interface Schema {
  readonly type?: string
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly pattern?: string
  readonly anyOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: Schema
}

/** `docs/kinds.md`. */
export function kindsDocument(): string {
  const { properties = {} } = policyJsonSchema() as Schema
  const sections = Object.entries(KINDS).map(([kind, forms]) => kindText(kind, forms, entryOf(properties[kind])))
  return `<!-- Written by \`npm run generate\`; change the sources, not this file. -->

# Twelve kinds of commitment

What a policy may state under these keys: names of your own, each with \`is\` and the keys of its form. They are read, checked, and
shown as *unproven* by \`kept status\`: nothing carries them out or verifies them yet. [policy.md](policy.md) has the other four.

Every entry may also carry ${list(everyEntryKeys)}. An entry with \`task: true\` is for a person to do. Where a list may stand,
a single word may too.

${sections.join('\n')}`
}

function entryOf(schema: Schema | undefined): Schema {
  const block = schema?.anyOf?.find(({ type }) => type === 'object') ?? schema
  return block?.additionalProperties ?? {}
}

function kindText(kind: string, forms: Forms, entry: Schema): string {
  const formRows = Object.entries(forms).map(
    ([name, { term, needs = [], takes = [] }]) =>
      `| \`${name}\` | ${list(needs)} | ${list(takes)} | ${term === undefined ? '' : `\`${term}\``} |`,
  )
  const keyRows = Object.entries(entry.properties ?? {})
    .filter(([key]) => key !== 'is' && !everyEntryKeys.includes(key))
    .map(([key, value]) => `| \`${key}\` | ${cell(value.description ?? '')} | ${valuesOf(value)} |`)
  return `## ${kind}

| \`is\` | Needs | May carry | Term |
|---|---|---|---|
${formRows.join('\n')}

| Key | Says | Values |
|---|---|---|
${keyRows.join('\n')}
`
}

/** What may be written: words where the schema lists them, else the sort of value. */
function valuesOf(schema: Schema): string {
  if (schema.enum) return list(schema.enum)
  if (schema.const !== undefined) return list([schema.const])
  if (schema.anyOf) return [...new Set(schema.anyOf.map(valuesOf).filter((words) => words !== ''))].join('; ')
  if (schema.type === 'array') return schema.items ? valuesOf(schema.items) : ''
  if (schema.type === 'object') return schema.properties ? `a map: ${list(Object.keys(schema.properties))}` : 'a map'
  if (schema.type === 'boolean') return '`true` or `false`'
  if (schema.type === 'integer' || schema.type === 'number') return 'a number'
  if (schema.pattern?.startsWith('^P(') === true) return 'a duration'
  if (schema.pattern?.startsWith('^\\d{4}-') === true) return 'a date'
  if (schema.pattern === '^[A-Z]{2}$') return 'a country'
  if (schema.pattern?.includes('\\p{L}') === true) return 'a name'
  return schema.type === 'string' ? 'text' : ''
}

function list(words: readonly unknown[]): string {
  return words.map((word) => `\`${String(word)}\``).join(', ')
}

function cell(text: string): string {
  return text.replaceAll(/[|*_]/g, '\\$&')
}
