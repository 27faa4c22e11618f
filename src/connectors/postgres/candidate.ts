import type { Candidate } from '../../connector.ts'
import type { SqlSession } from '../../sql/sql.ts'
import { quoteIdentifier } from '../../sql/sql.ts'
import type { Hinted } from '../relational/find.ts'
import { columnSql } from './expression.ts'
import type { TableLayout } from './layout.ts'
import { keyArray } from './mention.ts'
import { Parameters } from './parameters.ts'

/** For each person: shown to an approver, so more would not be read. */
const mostCandidates = 200

/**
 * Records that share a hint, or a +tag address, with a person: shown, never linked. One statement for each hint of each
 * table, for everybody together.
 */
export async function findCandidates(
  session: SqlSession,
  persons: readonly TableLayout[],
  hinted: readonly Hinted[],
): Promise<Candidate[][]> {
  const result = hinted.map((): Candidate[] => [])
  for (const table of persons) {
    for (const source of sourcesOf(table)) {
      const pairs = hinted.flatMap((one, s) =>
        one.identities.filter((identity) => identity.kind === source.hint).map(({ value }) => ({ s, value })),
      )
      if (pairs.length === 0) continue
      const parameters = new Parameters()
      const numbers = parameters.bind(
        pairs.map((pair) => pair.s),
        'int4[]',
      )
      const values = parameters.bind(
        pairs.map((pair) => pair.value),
        'text[]',
      )
      const text = source.ways.map(
        (way) => `SELECT m.s, ${keyArray(table)} AS key, ${tenantSql(table)} AS tenant
          FROM unnest(${numbers}, ${values}) m(s, v) JOIN ${table.live.sql} t ON ${way}`,
      )
      const { rows } = await session.query<{ s: number; key: string[]; tenant: string | null }>(
        `${text.join(' UNION ')} LIMIT ${mostCandidates * hinted.length}`,
        parameters.values,
      )
      for (const row of rows) {
        const tenants = hinted[row.s]?.tenants ?? []
        if (row.tenant !== null && tenants.length > 0 && !tenants.includes(row.tenant)) continue
        result[row.s]?.push({ hint: source.hint, table: table.name, key: JSON.stringify(row.key) })
      }
    }
  }
  return result
}

function tenantSql(table: TableLayout): string {
  return table.map.within === undefined ? 'NULL::text' : `t.${quoteIdentifier(table.map.within)}::text`
}

function sourcesOf(table: TableLayout): { hint: string; ways: string[] }[] {
  const person = table.map.person
  const hints = (person?.hints ?? []).map((hint) => ({
    hint: hint.identity,
    ways: [hintMatch(hint.identity, columnSql('t', hint.column.column, hint.column.path))],
  }))
  const tags = (person?.keys ?? [])
    .filter((key) => key.identity === 'email')
    .map((key) => ({ hint: 'email', ways: tagMatches(columnSql('t', key.column.column, key.column.path)) }))
  return [...hints, ...tags]
}

/** A phone by its last nine digits, every other hint by its letters without regard to case and blanks. */
function hintMatch(hint: string, column: string): string {
  const plain = (value: string) =>
    hint === 'phone'
      ? `right(regexp_replace(${value}, '\\D', '', 'g'), 9)`
      : `lower(btrim(regexp_replace(${value}, '\\s+', ' ', 'g')))`
  return `${plain(`${column}::text`)} = ${plain('m.v')} AND ${plain('m.v')} <> ''`
}

/** `local+anything@domain` of an address that is known; the plain address of a known +tag. */
function tagMatches(column: string): string[] {
  const untagged = (value: string) => `lower(regexp_replace(${value}, '\\+[^@]*@', '@'))`
  const tagged = `${column}::text LIKE '%+%@%' AND ${untagged(`${column}::text`)} = ${untagged('m.v')} AND lower(${column}::text) <> lower(m.v)`
  const plain = `m.v LIKE '%+%@%' AND ${column}::text = regexp_replace(m.v, '\\+[^@]*@', '@')`
  return [tagged, plain]
}
