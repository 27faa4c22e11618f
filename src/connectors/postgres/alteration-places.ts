import type { Alteration, OldValues } from '../../alteration.ts'
import { correctionOf, type FieldMap } from '../../language/store-map.ts'
import { quoteIdentifier, quoteLiteral } from '../../sql/sql.ts'
import { columnSql } from './expression.ts'
import { simplePath } from './field-action.ts'
import { holdsValue, type Layout, type TableLayout } from './layout.ts'
import type { Parameters } from './parameters.ts'

// A person's own cells get the new value; copies in other rows of theirs only where they say what the record said (GDPR art. 16).

/** One column of a table that an alteration may write, for a row `t` under its class `h`. */
export interface AlteredPlace {
  readonly column: string
  readonly path?: string
  readonly category?: string
  readonly base: string
  readonly type: string
  readonly maxLength?: number
  /** The value it gets, as it was given; null: NULL. */
  readonly value: string | null
  /** True in SQL where the cell is the person's and says something else. */
  readonly due: string
  /** The cell afterwards. */
  readonly next: string
}

/** Writes the SQL of one alteration; values are bound in the order of their use. */
export class AlterationPlaces {
  readonly #layout: Layout
  readonly #parameters: Parameters
  readonly #alteration: Alteration
  readonly #old: OldValues

  constructor(layout: Layout, parameters: Parameters, alteration: Alteration, old: OldValues) {
    this.#layout = layout
    this.#parameters = parameters
    this.#alteration = alteration
    this.#old = old
  }

  /** Columns of the table that are written; none where its rows go, or where nothing of it is concerned. */
  of(table: TableLayout): AlteredPlace[] {
    return this.#alteration.is === 'correct'
      ? this.#corrected(table, this.#alteration.values)
      : this.#stopped(table, this.#alteration.purpose)
  }

  /** Cells that say what was true then: left as they are, and told. */
  history(table: TableLayout): { readonly field: FieldMap; readonly holds: string }[] {
    if (this.#alteration.is !== 'correct') return []
    const { values } = this.#alteration
    return table.fields
      .filter((field) => field.is !== undefined && field.is in values && correctionOf(field) === 'keep')
      .filter((field) => field.codec === undefined)
      .map((field) => ({
        field,
        holds: `${whoseSql(table, field.of)} AND ${this.#isOld(columnSql('t', field.column.column, field.column.path), field.is ?? '')}`,
      }))
  }

  /** Where rows of the table go so that the use ends: which of them, in SQL. */
  removes(table: TableLayout): string | undefined {
    if (this.#alteration.is !== 'stop') return undefined
    const { purpose } = this.#alteration
    const stop = table.map.stops.find((one) => one.purpose === purpose && one.end === 'remove')
    return stop && whoseSql(table, stop.of)
  }

  #corrected(table: TableLayout, values: Readonly<Record<string, string>>): AlteredPlace[] {
    const fields = table.fields.filter(
      (field) => field.is !== undefined && field.is in values && correctionOf(field) === 'spread',
    )
    const places = fields.flatMap((field): AlteredPlace[] => {
      if (!holdsValue(table, field)) return []
      const category = field.is ?? ''
      const own = isOwn(table, field.of)
      const alone = own && fields.filter((other) => other.is === category && isOwn(table, other.of)).length === 1
      const { column, path } = field.column
      return [
        this.#place(
          table,
          { column, path },
          category,
          whoseSql(table, field.of),
          own ? (alone ? 'any' : 'told') : 'old',
        ),
      ]
    })
    return [...places, ...this.#links(table, values, places)]
  }

  /** A column that leads to the person by a value that is corrected follows it: else the row would lose them. */
  #links(
    table: TableLayout,
    values: Readonly<Record<string, string>>,
    places: readonly AlteredPlace[],
  ): AlteredPlace[] {
    return table.chains.flatMap((chain) => {
      if (chain.role === 'person' || chain.steps.some(({ kind }) => kind !== 'when')) return []
      const person = this.#layout.table(chain.link.table)
      return chain.link.columns.flatMap((linked, index): AlteredPlace[] => {
        const end = chain.end[index]
        const field = person?.fields.find(
          ({ is, column, of }) =>
            is !== undefined &&
            is in values &&
            of === undefined &&
            column.column === linked.column &&
            column.path === linked.path,
        )
        if (end === undefined || end.at !== 0 || field?.is === undefined || correctionOf(field) !== 'spread') return []
        const known = table.fields.some(({ column, is }) => is !== undefined && column.column === end.column)
        if (known || places.some(({ column }) => column === end.column)) return []
        const whose = `${quoteLiteral(chain.role)} = ANY(h.roles)`
        return [this.#place(table, { column: end.column, path: end.path }, field.is, whose, 'old')]
      })
    })
  }

  #place(
    table: TableLayout,
    { column, path }: { column: string; path?: string | undefined },
    category: string,
    whose: string,
    when: 'any' | 'told' | 'old',
  ): AlteredPlace {
    const value = this.#alteration.is === 'correct' ? (this.#alteration.values[category] ?? '') : ''
    const live = table.live.columns.find(({ name }) => name === column)
    const type = live?.type ?? 'text'
    const cell = columnSql('t', column, path)
    const bound = this.#parameters.bind(value, 'text')
    const next = path === undefined ? `${bound}::${type}` : pathSql(column, path, bound, live?.base ?? 'jsonb')
    const said = path === undefined ? `(${bound}::${type})::text` : bound
    const differs = `${path === undefined ? `${cell}::text` : cell} IS DISTINCT FROM ${said}`
    const told = `coalesce(${cell}::text, '') <> ''`
    const tests = { any: [], told: [told], old: [this.#isOld(cell, category)] }[when]
    return {
      column,
      ...(path === undefined ? {} : { path }),
      category,
      base: live?.base ?? 'text',
      type,
      ...(live?.maxLength === undefined ? {} : { maxLength: live.maxLength }),
      value,
      due: `(${[whose, ...tests, differs].join(' AND ')})`,
      next,
    }
  }

  #isOld(cell: string, category: string): string {
    const old = [...new Set((this.#old[category] ?? []).map((value) => value.trim().toLowerCase()))]
    return `lower(btrim(${cell}::text)) = ANY(${this.#parameters.bind(old, 'text[]')})`
  }

  #stopped(table: TableLayout, purpose: string): AlteredPlace[] {
    return table.map.stops.flatMap((stop) => {
      if (stop.purpose !== purpose || stop.end === 'remove') return []
      return Object.entries(stop.end).map(([column, value]): AlteredPlace => {
        const live = table.live.columns.find(({ name }) => name === column)
        const type = live?.type ?? 'text'
        const text = value === null ? null : String(value)
        const next = `${this.#parameters.bind(text, 'text')}::${type}`
        const cell = `t.${quoteIdentifier(column)}`
        const due = `(${whoseSql(table, stop.of)} AND ${cell}::text IS DISTINCT FROM (${next})::text)`
        return { column, base: live?.base ?? 'text', type, value: text, due, next }
      })
    })
  }
}

function isOwn(table: TableLayout, of: string | undefined): boolean {
  return table.map.person !== undefined && (of === undefined || of === 'person')
}

/** Whose a cell is: the role's that the map names, the record's own person's, or theirs where nobody else stands in the row. */
function whoseSql(table: TableLayout, of: string | undefined): string {
  if (isOwn(table, of)) return `'person' = ANY(h.roles)`
  return of === undefined ? '(h.wants_part AND NOT h.others)' : `${quoteLiteral(of)} = ANY(h.roles)`
}

function pathSql(column: string, path: string, value: string, base: string): string {
  const steps = simplePath(path) ?? []
  const places = `ARRAY[${steps.map(quoteLiteral).join(', ')}]::text[]`
  return `jsonb_set(t.${quoteIdentifier(column)}::jsonb, ${places}, to_jsonb(${value}), false)::${base}`
}
