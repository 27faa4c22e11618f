/** The documents and schemas that the policy language says of itself. */

import { z } from 'zod'
import { dpvTerms, type TermPosition } from '../src/language/dpv.ts'
import { faultCodes } from '../src/language/fault-codes/index.ts'
import { fideslangTerms } from '../src/language/fideslang.ts'
import { laws } from '../src/language/laws.ts'
import { type JsonSchema, policyJsonSchema, storeJsonSchema } from '../src/policy/json-schema.ts'
import { serverVocabulary } from '../src/server/configuration.ts'

const WRITTEN = '<!-- Written by `npm run generate`; change the sources, not this file. -->'

const LINE_WIDTH = 120

/** JSON as the formatter of the house writes it: short lists on one line, maps never. */
function jsonText(value: unknown, indent: string, before: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    const items = value.map((item) => jsonText(item, inner, inner.length))
    const line = `[${items.join(', ')}]`
    const isShort = value.every((item) => typeof item !== 'object') && before + line.length < LINE_WIDTH
    return isShort ? line : `[\n${items.map((item) => inner + item).join(',\n')}\n${indent}]`
  }
  const entries = Object.entries(value).map(([key, item]) => {
    const name = `${inner}${JSON.stringify(key)}: `
    return name + jsonText(item, inner, name.length)
  })
  return entries.length === 0 ? '{}' : `{\n${entries.join(',\n')}\n${indent}}`
}

function schemaText(schema: JsonSchema): string {
  return `${jsonText(schema, '', 0)}\n`
}

const FAMILIES: Readonly<Record<string, string>> = {
  yaml: 'Reading a file',
  policy: 'The policy',
  collection: 'Collection',
  tracking: 'Tracking',
  consent: 'Consent',
  purposes: 'Purposes',
  messages: 'Messages',
  disclosure: 'Disclosure',
  sharing: 'Sharing',
  aggregates: 'Aggregates',
  transfers: 'Transfers',
  security: 'Security',
  retention: 'Retention',
  rights: 'Rights',
  children: 'Children',
  devices: 'Devices',
  recourse: 'Recourse',
  changes: 'Changes',
  store: 'Store maps and stores',
  request: 'Requests',
  task: 'Tasks of people',
  correct: 'New values of a correction',
  case: 'Cases of people',
  identity: 'Who a person is',
  prose: 'Importing a notice',
  exchange: 'Files of other tools',
  command: 'Calling a command',
  status: 'Status by sentence',
  notice: 'Publishing and changing the notice',
  mail: 'Letters and mail that comes in',
  webhook: 'Messages to other systems',
  opendsr: 'Requests of controllers',
  hold: 'Holds',
  replay: 'Replay after a backup',
  export: 'Exports',
  records: 'What Kept remembers',
  database: "Kept's own database",
  keys: 'Keys',
  backup: 'Backup and restore of Kept',
  evidence: 'Evidence',
  api: 'The HTTP API',
  staff: 'Staff and machines',
  server: 'The server',
  kept: 'Kept itself',
}

/** `docs/faults.md`: each code, what it means and what mends it, by family. */
export function faultsDocument(): string {
  const codes = Object.entries(faultCodes)
  const unknown = codes.filter(([code]) => !Object.hasOwn(FAMILIES, code.split('.')[0] ?? '')).map(([code]) => code)
  if (unknown.length > 0) throw new Error(`no heading for ${unknown.join(', ')}`)
  const sections = Object.entries(FAMILIES).map(([family, heading]) => {
    const rows = codes
      .filter(([code]) => code.startsWith(`${family}.`))
      .toSorted(([left], [right]) => left.localeCompare(right, 'en'))
      .map(([code, { what, mend }]) => `| \`${code}\` | ${cell(what)} | ${cell(mend)} |`)
    return `## ${heading}\n\n| Code | What is wrong | What mends it |\n|---|---|---|\n${rows.join('\n')}\n`
  })
  return `${WRITTEN}\n\n# Faults\n\nA fault has a code that never changes, a place, what is wrong and how to mend it. \`kept check\` prints all of them, sorted by\nplace; \`--json\` gives the same to machines. Errors forbid requests; warnings need a look. Either makes \`kept check\` end with 1.\n\n${sections.join('\n')}`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}

const POSITIONS: Readonly<Record<TermPosition, readonly [heading: string, where: string]>> = {
  data: ['Data categories', '`is` under `data`'],
  purpose: ['Purposes', '`is` under `purposes`'],
  basis: ['Legal bases', '`basis` of a purpose'],
  ground: ['Grounds of exceptions', '`law` of an exception, besides the laws'],
}

/** `docs/terms.md`: every word of other vocabularies that a policy may use, by place, and the laws with their terms. */
export function termsDocument(): string {
  const terms = Object.entries(dpvTerms).map(([position, set]) => {
    const [heading, where] = POSITIONS[position as TermPosition]
    return `## ${heading}\n\nFor ${where}.\n\n${[...set].map((term) => `\`${term}\``).join(', ')}\n`
  })
  const fideslang = (['data', 'purpose'] as const).map((position) => {
    const rows = Object.entries(fideslangTerms[position]).map(([key, term]) => `| \`${key}\` | \`${term}\` |`)
    return `### ${position === 'data' ? 'Data categories' : 'Data uses'}\n\n| Fideslang | read as |\n|---|---|\n${rows.join('\n')}\n`
  })
  const lawRows = Object.entries(laws).map(([name, law]) => {
    const deadlines = Object.entries(law.deadlines).map(([right, { within, extend }]) => {
      return `${right} ${within}${extend === undefined ? '' : ` + ${extend}`}`
    })
    const source = [law.source, ...new Set(Object.values(law.deadlines).map((deadline) => deadline.source))].join('; ')
    return `| \`${name}\` | ${cell(law.title)} | ${deadlines.join(', ') || '–'} | ${cell(source)} | ${law.status} |`
  })
  return `${WRITTEN}\n\n# Terms and laws\n\nNames of the Data Privacy Vocabulary 2.3 (W3C): prefixes \`dpv:\`, \`pd:\` and \`eu-gdpr:\`.\n\n${terms.join('\n')}
## Laws

\`law\` names those that apply; \`law\` of an exception may name any. A law that is not here is described under \`laws\`.
*verified*: the text of its terms was read when the entry was written (November 2026). *unverified*: it was written from
general knowledge; read the source before you rely on it.

| Name | Title | Terms to answer | Source | |
|---|---|---|---|---|
${lawRows.join('\n')}

## Fideslang

Policies that come from Fides may keep its keys.

${fideslang.join('\n')}`
}

export const policySchemaText = (): string => schemaText(policyJsonSchema())
export const storeSchemaText = (): string => schemaText(storeJsonSchema())
export const serverSchemaText = (): string =>
  schemaText(z.toJSONSchema(serverVocabulary, { io: 'input', target: 'draft-7' }))
