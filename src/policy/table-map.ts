import { given } from '../base/given.ts'
import type { Path } from '../commitments/commitment-kind.ts'
import { type CodecName, parseCodec } from '../content/index.ts'
import {
  type ColumnRef,
  type FieldMap,
  identityTable,
  type PersonMap,
  type RoleMap,
  type TableColumn,
  type TableMap,
} from '../language/store-map.ts'
import { listOf } from '../language/terms.ts'
import { joinOf, tableColumn } from './column-name.ts'
import { reportLink } from './link-shape.ts'
import type { FieldFile, RoleFile, TableFile } from './store-vocabulary.ts'

/** Tells a fault of the part of the file at a path. */
export type Report = (fault: {
  readonly code: string
  readonly path: Path
  readonly at?: 'key' | 'value'
  readonly what: string
  readonly mend: string
  /** The word that is not known and those that are: the nearest is offered. */
  readonly word?: { readonly said: string; readonly known: Iterable<string> }
}) => void

const columnRef = (written: string | { column: string; path?: string | undefined }): ColumnRef =>
  typeof written === 'string' ? { column: written } : given({ column: written.column, path: written.path })

const badColumn = (report: Report, path: Path, example: string): void =>
  report({
    code: 'store.bad-column',
    path,
    what: 'this does not name columns as it should',
    mend: `write it like ${example}; names with dots or spaces in double quotes`,
  })

type RoleTarget = NonNullable<RoleFile['to']>

const targets = (written: RoleTarget, path: Path, report: Report): readonly TableColumn[] =>
  listOf(written).flatMap((target, index) => {
    const column =
      typeof target === 'string'
        ? tableColumn(target)
        : given({ table: target.table, column: target.column, path: target.path })
    if (column === undefined) badColumn(report, Array.isArray(written) ? [...path, index] : path, 'users.id')
    return column === undefined ? [] : [column]
  })

const roleLink = (table: string, role: RoleFile, path: Path, report: Report): RoleMap['link'] | undefined => {
  if (
    role.by !== undefined &&
    role.via === undefined &&
    role.to === undefined &&
    !Array.isArray(role.key) &&
    role.key
  ) {
    const to = [{ table: identityTable(role.by), column: role.by }]
    return given({ columns: [columnRef(role.key)], to, separator: role.separator })
  }
  if (role.via !== undefined && role.key === undefined && role.to === undefined && role.by === undefined) {
    const joins = listOf(role.via).map((text, index) => {
      const join = joinOf(text, table)
      if (!join)
        badColumn(report, Array.isArray(role.via) ? [...path, 'via', index] : [...path, 'via'], 'groups.instance = id')
      return join
    })
    const via = joins.filter((join) => join !== undefined)
    return via.length === joins.length && via.length > 0 ? { via } : undefined
  }
  const columns = listOf(role.key).map(columnRef)
  const to = role.to === undefined ? [] : targets(role.to, [...path, 'to'], report)
  if (
    role.via === undefined &&
    role.by === undefined &&
    columns.length > 0 &&
    columns.length === listOf(role.to).length
  )
    return to.length === columns.length ? given({ columns, to, separator: role.separator }) : undefined
  report({
    code: 'store.bad-link',
    path,
    at: 'key',
    what: 'a role leads to people by key and to (as many columns in each), by key and by, or by via',
    mend: 'write key: owner, to: users.id, or key: sender, by: email, or via: [groups.instance = id, users.id = groups.owner]',
  })
  return undefined
}

const roleMap = (table: string, role: string, written: RoleFile, path: Path, report: Report): RoleMap | undefined => {
  const link = roleLink(table, written, path, report)
  const when = Object.entries(written.when ?? {}).flatMap(([key, values]) => {
    const column = tableColumn(key, table)
    if (!column) badColumn(report, [...path, 'when', key], 'groups.domain: RT::Ticket-Role')
    return column === undefined ? [] : [{ column, values: Array.isArray(values) ? values : [values] }]
  })
  const map = link && { role, link, when, erase: written.erase, owns: written.owns ?? false }
  if (map) reportLink(table, map, path, report)
  return map
}

/** Codecs by their plain names, to offer the nearest; other spellings are read too. */
const codecNames: readonly CodecName[] = [
  'text',
  'quoted-printable',
  'base64',
  'hex',
  'html',
  'json',
  'url',
  'mime',
  'vcard',
  'icalendar',
  'zip',
  'docx',
  'xlsx',
  'odt',
  'pdf',
  'gzip',
  'deflate',
  'php',
  'perl',
  'csv',
]

const codecOf = (
  written: Exclude<FieldFile, string | readonly unknown[]>['codec'],
  path: Path,
  report: Report,
): FieldMap['codec'] => {
  if (written === undefined) return undefined
  if (typeof written === 'object' && 'by' in written) return written
  const name = typeof written === 'string' ? written : 'name' in written ? written.name : written.join('>')
  for (const step of parseCodec(name) === undefined ? name.split('>').map((part) => part.trim()) : [])
    if (parseCodec(step) === undefined)
      report({
        code: 'store.unknown-codec',
        path: [...path, 'codec'],
        what: `unknown codec "${step}"`,
        mend: `known: ${codecNames.join(', ')}; several as base64>zip`,
        word: { said: step, known: codecNames },
      })
  return { name }
}

const fieldMaps = (column: string, written: FieldFile, path: Path, report: Report): readonly FieldMap[] =>
  (Array.isArray(written) ? written : [written]).map((field, index) => {
    if (typeof field === 'string') return given({ column: { column }, is: field === 'none' ? undefined : field })
    const at = Array.isArray(written) ? [...path, index] : path
    return given({
      column: given({ column, path: field.path }),
      is: field.is === 'none' ? undefined : field.is,
      erase: field.erase,
      keep: field.keep,
      codec: codecOf(field.codec, at, report),
      of: field.of,
      correct: field.correct,
    })
  })

const personMap = (person: NonNullable<TableFile['person']>, fields: readonly FieldMap[]): PersonMap => ({
  keys: Object.entries(person.key).flatMap(([identity, columns]) =>
    listOf(columns).map((column) => ({
      identity,
      column: columnRef(column),
      fold: typeof column !== 'string' && (column.fold === true || column.case === 'fold'),
    })),
  ),
  hints: Object.entries(person.hint ?? {}).flatMap(([identity, columns]) =>
    listOf(columns).map((column) => ({ identity, column: columnRef(column) })),
  ),
  // A table whose fields say what erasure does to them would not say so if its rows went.
  erase:
    person.erase ?? (fields.some((field) => field.erase !== undefined || field.keep !== undefined) ? 'part' : 'row'),
})

/** One table of a store map in its one normal form. */
export const tableMap = (table: string, written: TableFile, report: Report): TableMap => {
  const path: Path = ['tables', table]
  const fields = Object.entries(written.fields ?? {}).flatMap(([column, field]) =>
    fieldMaps(column, field, [...path, 'fields', column], report),
  )
  const people = Object.entries(written.people ?? {}).flatMap(([role, entry]) => {
    const map = roleMap(table, role, entry, [...path, 'people', role], report)
    return map === undefined ? [] : [map]
  })
  return given({
    table,
    for: listOf(written.for),
    within: written.within,
    clock: written.clock ?? {},
    person: written.person === undefined ? undefined : personMap(written.person, fields),
    people,
    fields,
    stops: Object.entries(written.stop ?? {}).map(([purpose, stop]) =>
      given({ purpose, of: stop.of, end: stop.remove === undefined ? (stop.set ?? {}) : ('remove' as const) }),
    ),
    allow: {
      cascades: listOf(written.allow?.cascades),
      triggers: listOf(written.allow?.triggers),
      ...(written.allow?.permanent === true ? { permanent: true } : {}),
    },
  })
}
