import type { Path } from '../commitments/commitment-kind.ts'
import { identityOf, type RoleMap, type StoreMap, type TableColumn, type TableMap } from '../language/store-map.ts'

/** A column that a store map names, and where it does. */
export interface Mention {
  readonly table: string
  readonly column: string
  readonly path: Path
  readonly at: 'key' | 'value'
  /** Declared under fields as a category or none; or needed to find rows and people; or an identity that says what it holds nowhere. */
  readonly as: 'field' | 'structure' | 'identity'
}

const inRole = (table: TableMap, role: RoleMap): readonly Mention[] => {
  const path = ['tables', table.table, 'people', role.role]
  const structure = (column: TableColumn, part: string): Mention => ({
    table: column.table,
    column: column.column,
    path: [...path, part],
    at: 'value',
    as: 'structure',
  })
  const when = role.when.map(({ column }) => structure(column, 'when'))
  if ('via' in role.link)
    return [...role.link.via.flatMap(({ left, right }) => [structure(left, 'via'), structure(right, 'via')]), ...when]
  const own = role.link.columns.map(({ column }) => structure({ table: table.table, column }, 'key'))
  const to = role.link.to.filter(({ table: name }) => identityOf(name) === undefined)
  return [...own, ...to.map((column) => structure(column, 'to')), ...when]
}

const inTable = (table: TableMap): readonly Mention[] => {
  const path = ['tables', table.table]
  const own = (column: string, part: Path, as: Mention['as'], at: Mention['at'] = 'value'): Mention => ({
    table: table.table,
    column,
    path: [...path, ...part],
    at,
    as,
  })
  return [
    ...(table.person?.keys ?? []).map((key) => own(key.column.column, ['person', 'key', key.identity], 'identity')),
    ...(table.person?.hints ?? []).map((hint) =>
      own(hint.column.column, ['person', 'hint', hint.identity], 'identity'),
    ),
    ...(table.within === undefined ? [] : [own(table.within, ['within'], 'structure')]),
    ...Object.entries(table.clock).map(([clock, column]) => own(column, ['clock', clock], 'structure')),
    ...table.people.flatMap((role) => inRole(table, role)),
    ...table.fields.flatMap((field) => [
      own(field.column.column, ['fields', field.column.column], 'field', 'key'),
      ...(field.codec !== undefined && 'by' in field.codec
        ? [own(field.codec.by, ['fields', field.column.column, 'codec', 'by'], 'structure')]
        : []),
    ]),
  ]
}

/** Every column that a store map names, in the order of the file. */
export const mentions = (map: StoreMap): readonly Mention[] => map.tables.flatMap(inTable)
