import type { LiveSamples, LiveSchema, LiveTable } from '../live-schema.ts'
import { classify } from './classify.ts'
import { clocksOf, tenantOf } from './clocks.ts'
import {
  type Discovery,
  type FoundColumn,
  type FoundReference,
  type FoundRole,
  type FoundTable,
  type Question,
  SURE,
} from './discovery.ts'
import { holdingKnown, identitiesOf } from './identities.ts'
import { type LookedTable, lookAtTable } from './look.ts'
import { codecOf } from './profile.ts'
import { polymorphicReferences, undeclaredReferences } from './references.ts'
import { meaningsOf, piecesOf } from './words.ts'

// A table gets its share of the rows that can be looked at in the time and memory of one command.
const ROWS_OF_ALL_TABLES = 40_000
const MOST_ROWS = 1500
const FEWEST_ROWS = 60
/** Looked at at once: as many as the samples have connections. */
const AT_ONCE = 4

async function lookAtAll(tables: readonly LiveTable[], samples: LiveSamples): Promise<LookedTable[]> {
  const rows = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, Math.ceil(ROWS_OF_ALL_TABLES / Math.max(1, tables.length))))
  const looked: LookedTable[] = []
  for (let start = 0; start < tables.length; start += AT_ONCE) {
    const some = tables.slice(start, start + AT_ONCE)
    looked.push(
      ...(await Promise.all(
        some.map(async (table) => lookAtTable(table, table.unreadable ? undefined : await samples.sample(table, rows))),
      )),
    )
  }
  return looked
}

/** Declared references of one column, by `table.column`. */
function declaredReferences(tables: readonly LookedTable[]): ReadonlyMap<string, { table: string; column: string }> {
  const found = new Map<string, { table: string; column: string }>()
  for (const { live } of tables)
    for (const { columns, to } of live.references) {
      const [column, only] = [columns[0], to.columns[0]]
      if (columns.length === 1 && column !== undefined && only !== undefined)
        found.set(`${live.name}.${column}`, { table: to.table, column: only })
    }
  return found
}

/** The best reference of each column. */
function bestOf(references: readonly FoundReference[]): ReadonlyMap<string, FoundReference> {
  const best = new Map<string, FoundReference>()
  for (const one of references) {
    const at = `${one.table}.${one.column}`
    if ((best.get(at)?.sure ?? 0) < one.sure) best.set(at, one)
  }
  return best
}

/**
 * Reads what a store says of its shape and a bounded sample of its rows, and tells where personal data seems to lie. Values stay
 * in the process: the result holds names of the schema, categories and counts.
 */
export async function discover(store: string, schema: LiveSchema, samples: LiveSamples): Promise<Discovery> {
  const looked = await lookAtAll(
    schema.tables.filter((table) => table.partOf === undefined),
    samples,
  )
  const declared = declaredReferences(looked)
  const people = looked.filter((table) => table.people >= 0.6 && table.live.kind !== 'view')
  const names = new Set(people.map(({ live }) => live.name))
  const references = bestOf([
    ...[...declared].flatMap(([at, to]) =>
      names.has(to.table)
        ? [
            {
              table: at.slice(0, at.lastIndexOf('.')),
              column: at.slice(at.lastIndexOf('.') + 1),
              to,
              sure: 0.97,
              why: 'declared in the schema',
            },
          ]
        : [],
    ),
    ...(await undeclaredReferences(looked, people, new Set(declared.keys()), samples)),
    ...polymorphicReferences(looked, people, (text) => meaningsOf(piecesOf(text))),
  ])
  const known = { declared, references, identities: identitiesOf(people) }
  const tables = looked.map((table) => found(table, known))
  return { store, tables, questions: questionsOf(looked, tables) }
}

interface Known {
  readonly declared: ReadonlyMap<string, unknown>
  readonly references: ReadonlyMap<string, FoundReference>
  readonly identities: ReadonlySet<string>
}

function found(table: LookedTable, known: Known): FoundTable {
  const { declared, references, identities } = known
  const name = table.live.name
  const own = table.columns.flatMap(({ live }) => references.get(`${name}.${live.name}`) ?? [])
  const codec = Object.fromEntries(
    table.columns.flatMap(({ live, profile }) => {
      const seen = codecOf(profile)
      return seen === undefined ? [] : [[live.name, seen] as const]
    }),
  )
  const classified = (nearPeople: boolean): readonly FoundColumn[] =>
    table.columns.map((column) => {
      const reference = references.get(`${name}.${column.live.name}`)
      const elsewhere = reference === undefined && declared.has(`${name}.${column.live.name}`)
      const hits = column.isText ? holdingKnown(table.sampled?.cells.get(column.live.name) ?? [], identities) : 0
      const context = { elsewhere, nearPeople, known: hits, ...(reference === undefined ? {} : { reference }) }
      return classify(column, table, context, codec[column.live.name])
    })
  const near = table.people >= 0.5 || own.some(({ sure }) => sure >= 0.5)
  const first = classified(near)
  // Rows that name people make the texts beside them texts about people.
  const names = first.some(({ category, sure }) => /^(email|name|login|phone)$/.test(category) && sure >= SURE)
  const columns = near || !names ? first : classified(true)
  return { table: name, columns, people: rolesOf(table, own), clock: clocksOf(table), codec }
}

/** A column as a map writes it: names with dots, blanks or quotes in double quotes. */
const quoted = (name: string): string => (/^[\p{L}\p{N}_$-]+$/u.test(name) ? name : `"${name.replaceAll('"', '""')}"`)

function rolesOf(table: LookedTable, references: readonly FoundReference[]): readonly FoundRole[] {
  const [key] = table.live.key
  const self =
    table.people >= 0.6 && key !== undefined && table.live.key.length === 1
      ? [{ role: 'self', key, sure: table.people, why: 'its rows are people, by its name and columns' }]
      : []
  const roles = references.map(({ column, to, sure, why, kindColumn }) => ({
    role:
      piecesOf(column)
        .filter((piece) => piece !== 'id')
        .join('-') || 'person',
    key: column,
    to: `${to.table}.${quoted(to.column)}`,
    ...(kindColumn === undefined ? {} : { when: { column: kindColumn } }),
    sure,
    why,
  }))
  return [...self, ...roles]
}

function questionsOf(looked: readonly LookedTable[], tables: readonly FoundTable[]): readonly Question[] {
  return tables.flatMap((table, index) => {
    const live = looked[index]
    const unread =
      live !== undefined && live.sampled === undefined
        ? [
            {
              at: table.table,
              asks: 'its rows could not be read (no right, or not in time): what stands in them? Only names were looked at.',
            },
          ]
        : []
    const large = [...(live?.sampled?.large ?? [])].map(([column, cells]) => ({
      at: `${table.table}.${column}`,
      asks: `${cells} of the sampled cells are too large to be read here: what stands in them?`,
    }))
    const unsure = table.columns.flatMap(({ column, category, sure, why }) =>
      category !== 'none' && sure < SURE
        ? [{ at: `${table.table}.${column}`, asks: `is it ${category}? ${why}` }]
        : category === 'none' && why.startsWith('perhaps ')
          ? [{ at: `${table.table}.${column}`, asks: why }]
          : [],
    )
    const tenant = live === undefined ? undefined : tenantOf(live)
    const tenants =
      tenant === undefined
        ? []
        : [{ at: `${table.table}.${tenant}`, asks: `does it name the tenant? Then write within: ${tenant}` }]
    return [...unread, ...tenants, ...large, ...unsure]
  })
}
