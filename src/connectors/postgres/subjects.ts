import type { ErasureWork } from '../../connector.ts'
import type { Chain, Link } from './chain.ts'
import { chainSql } from './chain.ts'
import type { TableLayout } from './layout.ts'
import { ownLink } from './layout.ts'
import type { Parameters } from './parameters.ts'
import { comparable } from './values.ts'

/** The people of one statement: request numbers count from 1 in the order of the work. */
export class Subjects {
  readonly work: readonly ErasureWork[]
  readonly parameters: Parameters

  constructor(work: readonly ErasureWork[], parameters: Parameters) {
    this.work = work
    this.parameters = parameters
  }

  /** Link values of all people as rows: request number and the value of each column. */
  pairs(link: Link): { requests: number[]; columns: string[][] } {
    const requests: number[] = []
    const columns: string[][] = link.columns.map(() => [])
    this.work.forEach((one, index) => {
      for (const value of one.found.links[link.name] ?? []) {
        const parts: readonly unknown[] = link.columns.length === 1 ? [value] : JSON.parse(value)
        requests.push(index + 1)
        columns.forEach((column, at) => {
          column.push(String(parts[at]))
        })
      }
    })
    return { requests, columns }
  }

  /** True when no record is named twice: a row then belongs to one request. */
  isDistinct(link: Link): boolean {
    const names = this.work.flatMap((one) => one.found.links[link.name] ?? [])
    return new Set(names).size === names.length
  }

  has(link: Link): boolean {
    return this.work.some((one) => (one.found.links[link.name]?.length ?? 0) > 0)
  }

  /**
   * Rows of a table that a chain leads to these people, each with the request number: FROM, WHERE and the number's SQL.
   * One person with one link column is a plain array comparison, which the server plans as a hand-written query.
   */
  reach(chain: Chain): { from: string[]; where: string[]; request: string } {
    const { from, where, end } = chainSql(chain, 't', 'j')
    const { requests, columns } = this.pairs(chain.link)
    const folded = (at: number) => chain.folds[at] === true
    if (this.work.length === 1 && end.length === 1 && folded(0)) {
      const values = this.parameters.bind(columns[0] ?? [], 'text[]')
      const spellings = `ARRAY(SELECT lower(v) FROM unnest(${values}) v)`
      return { from, where: [...where, `lower(${end[0]}::text) = ANY(${spellings})`], request: '1' }
    }
    if (this.work.length === 1 && end.length === 1) {
      const match = comparable(end[0] ?? '', chain.end[0]?.base ?? 'text', columns[0] ?? [])
      return {
        from,
        where: [...where, `${match.expression} = ANY(${this.parameters.bind(match.values, match.cast)})`],
        request: '1',
      }
    }
    const usable = usableRows(end, chain, columns)
    const lists = usable.matches.map((match) => this.parameters.bind(match.values, match.cast))
    const numbers = this.parameters.bind(
      usable.rows.map((row) => requests[row]),
      'int4[]',
    )
    const names = lists.map((_list, index) => `v${index}`)
    return {
      from: [
        ...from,
        `unnest(${[numbers, ...lists].join(', ')}) AS s(request${names.map((name) => `, ${name}`).join('')})`,
      ],
      where: [...where, ...usable.matches.map((match, index) => match.same(`s.v${index}`))],
      request: 's.request',
    }
  }

  /** True in SQL when the record `alias` of a person table is not one of the request's own. */
  notOwn(person: TableLayout, alias: string, request: string): string {
    const link = ownLink(person)
    const { requests, columns } = this.pairs(link)
    const ends = person.key.map((column) => `${alias}.${column.sql}::text`)
    if (this.work.length === 1 && ends.length === 1) {
      return `${ends[0]} <> ALL(${this.parameters.bind(columns[0] ?? [], 'text[]')})`
    }
    const lists = columns.map((values) => this.parameters.bind(values, 'text[]'))
    const names = columns.map((_values, index) => `v${index}`)
    const same = ends.map((end, index) => `${end} = o.v${index}`)
    return `NOT EXISTS (SELECT 1 FROM unnest(${[this.parameters.bind(requests, 'int4[]'), ...lists].join(', ')})
      AS o(request, ${names.join(', ')}) WHERE o.request = ${request} AND ${same.join(' AND ')})`
  }
}

/** Leaves out the rows in which any value cannot be of its column's type. */
function usableRows(end: readonly string[], chain: Chain, columns: readonly string[][]) {
  const all = columns[0]?.map((_value, row) => row) ?? []
  const fits = (row: number) =>
    end.every(
      (expression, at) =>
        chain.folds[at] === true ||
        comparable(expression, chain.end[at]?.base ?? 'text', [columns[at]?.[row] ?? '']).values.length === 1,
    )
  const rows = all.filter(fits)
  const matches = end.map((expression, at) => {
    const values = rows.map((row) => columns[at]?.[row] ?? '')
    if (chain.folds[at] === true)
      return { values, cast: 'text[]', same: (value: string) => `lower(${expression}::text) = lower(${value})` }
    const match = comparable(expression, chain.end[at]?.base ?? 'text', values)
    return { ...match, same: (value: string) => `${match.expression} = ${value}` }
  })
  return { rows, matches }
}
