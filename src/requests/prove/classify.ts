import type { CellHit, KeptRow, RowOwner, RowRef } from '../../connector.ts'
import type { FieldMap, StoreMap, TableMap } from '../../language/store-map.ts'

export type ResidualClass = 'missed' | 'kept' | 'unmapped' | 'other-person' | 'ambiguous'

/** All that decides how one hit is classed. */
export interface Evidence {
  readonly map: StoreMap
  /** The person's own records as they were found before the erasure. */
  readonly persons: readonly RowRef[]
  /** What the erasure said it kept. */
  readonly kept: readonly KeptRow[]
  /** True while the field's exception holds for this very row: its term has not ended. */
  readonly holds: (field: FieldMap) => boolean
  /** The identity is a key that names this person only; names, phones and the like are not. */
  readonly strong: boolean
  /** The identity is an id of this store alone: in a column that only links, it leads to a record that names nobody now. */
  readonly local?: boolean
  /** The row is another tenant's: the same identity there is another person, or nobody has said yet in which tenant the person is. */
  readonly elsewhere?: 'other-person' | 'ambiguous'
  /** Whose the row is, read anew. */
  readonly owners: readonly RowOwner[]
}

/**
 * Classes a hit: `missed` had to go; `kept` stays by a named exception or a link the map keeps; `unmapped` lies where the
 * map says nothing; `other-person` belongs to somebody else; `ambiguous` is for a person to decide.
 */
export function classify(hit: CellHit, evidence: Evidence): ResidualClass {
  const table = evidence.map.tables.find((one) => one.table === hit.table)
  if (!table) return 'unmapped'
  if (evidence.elsewhere !== undefined) return evidence.elsewhere
  const fields = fieldsOf(table, hit.column)
  const ownership = ownershipOf(hit, table, evidence)
  const declared = fields.some(({ is }) => is !== undefined) || isLocator(table, evidence.map, hit.column)
  if (!declared) return ownership === 'others' && !evidence.strong ? 'other-person' : 'unmapped'
  const undescribed = fields.every(({ is }) => is === undefined)
  if (evidence.local === true && undescribed && isLocator(table, evidence.map, hit.column)) return 'kept'
  if (fields.some((field) => isKept(hit, field, evidence, ownership))) return 'kept'
  const byRole = classifyByRole(fields, evidence)
  if (byRole !== undefined) return byRole
  switch (ownership) {
    case 'own':
    case 'shared':
      return 'missed'
    case 'linked':
      if (isKeptLink(hit, table, evidence)) return 'kept'
      return evidence.strong && fields.some(({ erase }) => erase !== undefined) ? 'missed' : 'ambiguous'
    case 'others':
      return evidence.strong && fields.some(({ erase }) => erase === 'redact') ? 'missed' : 'other-person'
    case 'nobody':
      return evidence.strong && fields.some(({ erase, keep }) => erase !== undefined || keep !== undefined)
        ? 'missed'
        : 'ambiguous'
  }
}

/**
 * `own`: a record of the person, or a row that erasure treats as theirs; `shared`: theirs and others'; `linked`: they
 * stand in it only by links the map keeps, and nobody else does; `others`: somebody else's; `nobody`: no link at all.
 */
type Ownership = 'own' | 'shared' | 'linked' | 'others' | 'nobody'

function ownershipOf(hit: RowRef, table: TableMap, { persons, owners }: Evidence): Ownership {
  if (persons.some((row) => same(row, hit))) return 'own'
  if (table.person) return 'others'
  const mine = owners.filter(({ person }) => persons.some((row) => same(row, person)))
  const others = owners.some(({ person }) => !persons.some((row) => same(row, person)))
  if (mine.some(({ erase }) => erase !== 'keep-link')) return others ? 'shared' : 'own'
  if (others) return 'others'
  return mine.length > 0 ? 'linked' : 'nobody'
}

/**
 * The erasure kept this field of this row: the person stands in it in a role that concerns them, or is named in text that
 * would have been redacted, and the exception's term has not ended for the row.
 */
function isKept(hit: CellHit, field: FieldMap, evidence: Evidence, ownership: Ownership): boolean {
  if (field.keep === undefined || !evidence.holds(field)) return false
  const theirs = ownership === 'own' || ownership === 'shared'
  if (!theirs && !(evidence.strong && field.erase === 'redact')) return false
  return evidence.kept.some(
    ({ table, field: name, exception, rows }) =>
      table === hit.table && fieldNames(field).includes(name) && exception === field.keep && rows > 0,
  )
}

/** The cell that is itself the link of a role whose links the map keeps. */
function isKeptLink(hit: CellHit, table: TableMap, { owners, persons }: Evidence): boolean {
  return table.people.some((role) => {
    if (role.erase !== 'keep-link' || !('columns' in role.link)) return false
    if (!role.link.columns.some(({ column }) => column === hit.column)) return false
    return owners.some((owner) => owner.role === role.role && persons.some((row) => same(row, owner.person)))
  })
}

/**
 * Where the map says whose the cell is (`of`), who stands in that role decides, whoever else the row is about: another
 * person's cell is theirs but for text to be redacted; the person's own had to go, or stays where the role only links.
 */
function classifyByRole(fields: readonly FieldMap[], { owners, persons, strong }: Evidence): ResidualClass | undefined {
  const roles = new Set(fields.map(({ of }) => of))
  if (fields.length === 0 || roles.has(undefined)) return undefined
  const standing = owners.filter(({ role }) => roles.has(role))
  const mine = standing.filter(({ person }) => persons.some((row) => same(row, person)))
  if (mine.some(({ erase }) => erase !== 'keep-link')) return 'missed'
  if (mine.length > 0) {
    if (fields.every(({ erase }) => erase === undefined)) return 'kept'
    return strong ? 'missed' : 'ambiguous'
  }
  if (standing.length === 0) return undefined
  return strong && fields.some(({ erase }) => erase === 'redact') ? 'missed' : 'other-person'
}

/** A column may be declared several times: for each role its own treatment, or for places in its JSON. */
function fieldsOf(table: TableMap, column: string): readonly FieldMap[] {
  const named = table.fields.filter((field) => fieldNames(field).includes(column))
  return named.length > 0 ? named : table.fields.filter((field) => field.column.column === column)
}

function fieldNames({ column }: FieldMap): readonly string[] {
  return column.path === undefined
    ? [column.column]
    : [`${column.column}${column.path}`, `${column.column} ${column.path}`, column.column]
}

/** Columns that the map uses to find people and rows are declared by that use. */
function isLocator(table: TableMap, map: StoreMap, column: string): boolean {
  if (table.within === column || Object.values(table.clock).includes(column)) return true
  const person = [...(table.person?.keys ?? []), ...(table.person?.hints ?? [])].map((key) => key.column.column)
  if (person.includes(column)) return true
  return map.tables.some((other) =>
    other.people.some(({ link }) =>
      'columns' in link
        ? (other === table && link.columns.some((one) => one.column === column)) ||
          link.to.some((one) => one.table === table.table && one.column === column)
        : link.via.some((join) =>
            [join.left, join.right].some((one) => one.table === table.table && one.column === column),
          ),
    ),
  )
}

function same(left: RowRef, right: RowRef): boolean {
  return left.table === right.table && left.key === right.key
}
