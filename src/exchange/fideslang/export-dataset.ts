import { fideslangKey } from '../../language/fideslang.ts'
import type { FieldMap, Join, RoleMap, StoreMap, TableColumn, TableMap } from '../../language/store-map.ts'
import type { Plan } from '../../policy/plan.ts'
import { rowsMayStay } from '../../policy/reach.ts'
import type { Loss } from '../exported.ts'
import { fideslangName, identityWords, maskingOf } from './words.ts'

interface Field {
  readonly categories: Set<string>
  readonly references: { dataset: string; field: string; direction: 'from' | 'to' }[]
  identity?: string
  primaryKey?: true
  masking?: string
  /** Kept beyond an erasure: Fides must not touch it either. */
  readOnly?: true
}

/** Every column of a store that the map mentions, by table. */
class Columns {
  readonly tables = new Map<string, Map<string, Field>>()

  at({ table, column }: { readonly table: string; readonly column: string }): Field {
    const fields = this.tables.get(table) ?? new Map<string, Field>()
    this.tables.set(table, fields)
    const field = fields.get(column) ?? { categories: new Set(), references: [] }
    fields.set(column, field)
    return field
  }
}

const joinsOf = (table: string, role: RoleMap): readonly Join[] =>
  'via' in role.link
    ? role.link.via
    : role.link.columns.flatMap((column, index) => {
        const right = 'to' in role.link ? role.link.to[index] : undefined
        return right === undefined ? [] : [{ left: { table, ...column }, right }]
      })

/** Joins lead from the row to people; Fides walks from people to the row, so each is written the other way round. */
const addReferences = (columns: Columns, dataset: string, table: string, role: RoleMap): void => {
  let near = new Set([table])
  for (const { left, right } of joinsOf(table, role)) {
    const [here, there] = near.has(left.table) ? [left, right] : [right, left]
    near = new Set([...near, there.table])
    // `by: email`: people without a record of their own, known by the address itself.
    if (there.table.startsWith('@'))
      columns.at(here).identity = identityWords.get(there.table.slice(1)) ?? there.table.slice(1)
    else refer(columns, dataset, here, there)
  }
}

const refer = (columns: Columns, dataset: string, here: TableColumn, there: TableColumn): void => {
  // The column that looks like a reference carries it; the direction says who is found from whom.
  const carried = isKeyLike(columns, here) && !isKeyLike(columns, there)
  const [from, to] = carried ? [there, here] : [here, there]
  const reference = {
    dataset,
    field: `${to.table}.${to.column}`,
    direction: carried ? ('to' as const) : ('from' as const),
  }
  columns.at(to).primaryKey = true
  const field = columns.at(from)
  if (!field.references.some((one) => one.field === reference.field)) field.references.push(reference)
}

const isKeyLike = (columns: Columns, { table, column }: TableColumn): boolean =>
  column.toLowerCase() === 'id' || columns.tables.get(table)?.get(column)?.primaryKey === true

const addPerson = (columns: Columns, { table, person }: TableMap, lost: Loss[]): void => {
  for (const key of person?.keys ?? []) {
    const field = columns.at({ table, column: key.column.column })
    const word = identityWords.get(key.identity)
    if (word !== undefined) field.identity = word
    else field.primaryKey = true
    if (key.fold)
      lost.push({
        path: `tables.${table}.person.key.${key.identity}`,
        what: 'Fideslang does not say how letters compare',
      })
  }
  for (const hint of person?.hints ?? [])
    lost.push({
      path: `tables.${table}.person.hint.${hint.identity}`,
      what: 'Fideslang has no identities that only hint',
    })
}

const addField = (columns: Columns, table: TableMap, field: FieldMap, plan: Plan, lost: Loss[]): void => {
  const path = `tables.${table.table}.fields.${field.column.column}`
  const written = columns.at({ table: table.table, column: field.column.column })
  const term = plan.data.find((category) => category.name === field.is)?.is
  const key = term === undefined ? undefined : fideslangKey('data', term)?.key
  written.categories.add(field.is === undefined ? 'system.operations' : (key ?? 'user'))
  const masking = field.erase === undefined ? undefined : maskingOf.get(field.erase)
  if (masking !== undefined) written.masking = masking
  if (field.keep !== undefined) written.readOnly = true
  const unsaid = [
    ...(field.erase === 'redact' ? ['erase: redact'] : []),
    ...(field.keep === undefined ? [] : [`keep: ${field.keep}`]),
    ...(field.codec === undefined ? [] : ['codec']),
    ...(field.of === undefined ? [] : [`of: ${field.of}`]),
    ...(field.column.path === undefined ? [] : [`path: ${field.column.path}`]),
  ]
  if (unsaid.length > 0) lost.push({ path, what: `Fideslang has no word for ${unsaid.join(', ')}` })
}

const addTable = (columns: Columns, dataset: string, table: TableMap, plan: Plan, lost: Loss[]): void => {
  addPerson(columns, table, lost)
  for (const role of table.people) {
    // Fides erases along every reference it is told of, so a link that only stays is not told.
    if (role.erase === 'keep-link') for (const { left } of joinsOf(table.table, role)) columns.at(left)
    else addReferences(columns, dataset, table.table, role)
    const unsaid = [
      `the role "${role.role}" (erase: ${role.erase}${role.owns ? ', owns' : ''})`,
      ...(role.when.length > 0 ? ['its conditions (when)'] : []),
      ...('separator' in role.link && role.link.separator !== undefined ? ['lists of ids (separator)'] : []),
    ]
    lost.push({
      path: `tables.${table.table}.people.${role.role}`,
      what: `Fideslang has no word for ${unsaid.join(', ')}`,
    })
  }
  for (const field of table.fields) addField(columns, table, field, plan, lost)
  for (const [clock, column] of Object.entries(table.clock)) {
    columns.at({ table: table.table, column }).categories.add('system.operations')
    lost.push({ path: `tables.${table.table}.clock.${clock}`, what: 'Fideslang has no clocks' })
  }
}

const fieldYaml = (name: string, field: Field) => {
  const personal = [...field.categories].filter((key) => !key.startsWith('system'))
  const categories = personal.length > 0 ? personal : ['system.operations']
  const meta = {
    ...(field.primaryKey === undefined ? {} : { primary_key: true }),
    ...(field.identity === undefined ? {} : { identity: field.identity }),
    ...(field.references.length === 0 ? {} : { references: field.references }),
    ...(field.readOnly === undefined ? {} : { read_only: true }),
    ...(field.masking === undefined ? {} : { masking_strategy_override: { strategy: field.masking } }),
  }
  return { name, data_categories: categories, ...(Object.keys(meta).length === 0 ? {} : { fides_meta: meta }) }
}

/** Rows that go whole with one person. Fides does not ask who else stands in a row, so shared ones never do. */
const rowGoes = (table: TableMap): boolean =>
  !rowsMayStay(table) &&
  table.fields.every((field) => field.keep === undefined) &&
  (table.person?.erase === 'row' || table.people.some((role) => role.erase === 'row'))

/** A store map as a dataset of Fideslang. `lost` has the paths of the map. */
export const exportDataset = (map: StoreMap, plan: Plan, lost: Loss[]) => {
  const columns = new Columns()
  const dataset = fideslangName(map.store)
  const here: Loss[] = []
  for (const table of map.tables) addTable(columns, dataset, table, plan, here)
  for (const [copy] of Object.entries(map.copies))
    here.push({ path: `copies.${copy}`, what: 'Fideslang has no copies' })
  if (map.country !== undefined) here.push({ path: 'country', what: 'a dataset of Fideslang stands in no country' })
  lost.push(...here.map((loss) => ({ ...loss, path: `stores.${map.store}.${loss.path}` })))
  return {
    fides_key: dataset,
    name: map.store,
    collections: [...columns.tables].map(([table, fields]) => ({
      name: table,
      ...(map.tables.some((one) => one.table === table && rowGoes(one))
        ? { fides_meta: { masking_strategy_override: { strategy: 'delete' } } }
        : {}),
      fields: [...fields].map(([name, field]) => fieldYaml(name, field)),
    })),
  }
}
