import type { ColumnRef } from '../../language/store-map.ts'
import { quoteIdentifier, quoteLiteral } from '../../sql/sql.ts'
import type { CatalogTable } from './catalog.ts'

/** A column of the n-th table of a chain (0 is the row itself), or a value unfolded from one. */
export interface Expression {
  readonly at: number
  readonly column: string
  readonly path?: string
  readonly base: string
}

/** An RFC 9535 path in the spelling of SQL/JSON: `$['a']` becomes `$."a"`, `..` becomes `.**`. */
export function sqlJsonPath(path: string): string {
  return path
    .replace(/\[\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\s*\]/g, (_all, single?: string, double?: string) => {
      return `."${(single ?? double ?? '').replaceAll('"', '\\"')}"`
    })
    .replace(/\.\.(?=[^.])/g, '.**.')
}

/** A column, or the text at a place in its JSON. */
export function columnSql(alias: string, column: string, path?: string): string {
  const plain = `${alias}.${quoteIdentifier(column)}`
  if (path === undefined) return plain
  return `(jsonb_path_query_first(${plain}::jsonb, ${quoteLiteral(sqlJsonPath(path))}) #>> '{}')`
}

/** True when one cell may hold several values: an array column, a list of ids as text, a JSON path with a wildcard. */
export function holdsSeveral(column: ColumnRef, base: string, separator?: string): boolean {
  if (separator !== undefined || base.startsWith('_')) return true
  return column.path !== undefined && /\[\*\]|\.\*|\.\.|\[[^\]]*[:,?]/.test(column.path)
}

/** The values of such a cell as a set, one text column `x`. */
export function unfoldSql(alias: string, column: ColumnRef, base: string, separator?: string): string {
  const plain = `${alias}.${quoteIdentifier(column.column)}`
  if (column.path !== undefined) {
    const path = quoteLiteral(sqlJsonPath(column.path))
    return `(SELECT q #>> '{}' AS x FROM jsonb_path_query(${plain}::jsonb, ${path}) AS q)`
  }
  if (base.startsWith('_')) return `(SELECT q::text AS x FROM unnest(${plain}) AS q)`
  return `(SELECT btrim(q) AS x FROM unnest(string_to_array(${plain}::text, ${quoteLiteral(separator ?? ',')})) AS q)`
}

/** `column = any of the values`, with NULL meant as NULL; literals take the column's own type. */
export function conditionSql(column: string, values: readonly (string | number | boolean | null)[]): string {
  const literals = values.filter((value) => value !== null).map((value) => quoteLiteral(String(value)))
  const parts = literals.length === 0 ? [] : [`${column} IN (${literals.join(', ')})`]
  if (values.includes(null)) parts.push(`${column} IS NULL`)
  return parts.length === 1 ? (parts[0] ?? 'false') : `(${parts.join(' OR ')})`
}

/** True when the columns contain a key of the table: at most one row has these values. */
export function coversKey(table: CatalogTable, columns: readonly string[]): boolean {
  return table.uniques.some((unique) => unique.length > 0 && unique.every((name) => columns.includes(name)))
}
