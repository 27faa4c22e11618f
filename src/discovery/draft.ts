import { stringify } from 'yaml'
import { type Discovery, type FoundColumn, type FoundRole, type FoundTable, SURE } from './discovery.ts'
import { policyName, termOf } from './terms.ts'

/** Categories of the policy the draft is for; undefined: there is no policy yet. */
export type PolicyData = readonly { readonly name: string; readonly is: string }[] | undefined

const open = (asks: string): string => `OPEN: ${asks}`

type DraftField = string | { readonly is: string; readonly codec: string }

/** What the map says of one column; a link to people is no field of its own, the role says it. */
function fieldOf(found: FoundColumn, table: FoundTable, data: PolicyData): DraftField {
  const { column, category, sure, why } = found
  const isLink = table.people.some(({ key }) => key === column)
  if (category === 'none') return why.startsWith('perhaps ') ? open(`${why}. A category, or none`) : 'none'
  if (category === 'identifier' && isLink) return 'none'
  const named =
    data === undefined ? category : (policyName(category, data) ?? data.find(({ name }) => name === category)?.name)
  if (sure < SURE) return open(`is it ${category}? ${why}. A category, or none`)
  if (named === undefined)
    return open(`${category} (${termOf(category) ?? 'no term'}): which category of the policy is it? ${why}`)
  const codec = table.codec[column]
  return codec === undefined ? named : { is: named, codec }
}

const roleName = (role: string, taken: ReadonlySet<string>): string => {
  const plain =
    role
      .toLowerCase()
      .replaceAll(/[^a-z0-9-]+/g, '-')
      .replace(/^[^a-z]+/, '')
      .slice(0, 60) || 'person'
  return taken.has(plain) ? `${plain}-${taken.size + 1}` : plain
}

/** What links records of a person, and what is only shown: the identities that a row of people holds. */
function personOf(table: FoundTable, key: string): Record<string, unknown> {
  const first = (category: string): string | undefined =>
    table.columns.find((one) => one.category === category && one.sure >= SURE)?.column
  const [email, login, name, phone] = [first('email'), first('login'), first('name'), first('phone')]
  const hints = { ...(name === undefined ? {} : { name }), ...(phone === undefined ? {} : { phone }) }
  return {
    key: {
      ...(email === undefined ? {} : { email: { column: email, fold: true } }),
      ...(login === undefined || login === key ? {} : { login }),
      id: key,
    },
    ...(Object.keys(hints).length === 0 ? {} : { hint: hints }),
    erase: open('do rows of people go (row), or are their fields treated one by one (part)?'),
  }
}

/** A role is decided where it is the only one and nothing about it is open: then the person's own cells go. */
const isDecided = (role: FoundRole, roles: readonly FoundRole[]): boolean =>
  roles.length === 1 && role.sure >= SURE && role.when === undefined

function rolesOf(roles: readonly FoundRole[]): Record<string, unknown> {
  const drafted: Record<string, unknown> = {}
  for (const role of roles) {
    const { key, to, when, why } = role
    const kind =
      when === undefined ? {} : { when: { [when.column]: open(`which values of ${when.column} mean people? ${why}`) } }
    const erase = isDecided(role, roles) ? 'part' : open(`row, part or keep-link? ${why}`)
    drafted[roleName(role.role, new Set(Object.keys(drafted)))] = { key, to, ...kind, erase }
  }
  return drafted
}

function tableOf(table: FoundTable, data: PolicyData): Record<string, unknown> {
  const self = table.people.find(({ to }) => to === undefined)
  const roles = table.people.filter(({ to }) => to !== undefined)
  const reached = self !== undefined || roles.some((role) => isDecided(role, roles))
  const fields = table.columns.map((found) => {
    const field = fieldOf(found, table, data)
    const isQuestion = typeof field === 'string' && (field === 'none' || field.startsWith('OPEN: '))
    return [
      found.column,
      reached || isQuestion
        ? field
        : open(`${found.category}: whose is it? ${found.why}. A category, once a role leads to people`),
    ]
  })
  return {
    ...(self === undefined ? {} : { person: personOf(table, self.key) }),
    ...(roles.length === 0 ? {} : { people: rolesOf(roles) }),
    fields: Object.fromEntries(fields),
  }
}

/** A store map in YAML; whatever is not sure is an open question, which `kept check` refuses until it is answered. */
export function draftText(found: Discovery, read: string, data: PolicyData): string {
  const variable = read.startsWith('env:')
    ? read.slice('env:'.length).replace(/_READ$/, '')
    : found.store.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_')
  const map = {
    store: found.store,
    connect: { read, execute: `env:${variable}_EXECUTE` },
    tables: Object.fromEntries(found.tables.map((table) => [table.table, tableOf(table, data)])),
  }
  const clocks = found.tables.flatMap(({ table, clock }) =>
    Object.entries(clock).map(([name, column]) => `${table}.${column}: ${name}`),
  )
  const head = [
    'Drafted from the live schema and a sample of its rows. Every value that begins with OPEN waits for a decision; kept check refuses it.',
    ...(clocks.length === 0
      ? []
      : ['Clocks, to be named under clock: as the policy names them:', ...clocks.map((one) => `  ${one}`)]),
  ]
  return `${head.map((line) => `# ${line.replaceAll(/\s+/g, ' ')}`).join('\n')}\n${stringify(map, { lineWidth: 0 })}`
}
