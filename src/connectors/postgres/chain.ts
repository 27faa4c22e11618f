import { Fault } from '../../language/fault.ts'
import {
  type ColumnRef,
  type Condition,
  identityOf,
  type Join,
  type RoleErasure,
  type RoleMap,
  type StoreMap,
  type TableColumn,
  type TableMap,
} from '../../language/store-map.ts'
import type { Catalog, CatalogTable } from './catalog.ts'
import { columnSql, conditionSql, coversKey, type Expression, holdsSeveral, unfoldSql } from './expression.ts'
import { keyColumnsOf } from './row-key.ts'
import { baseOf, equal } from './values.ts'

type Step =
  | { readonly kind: 'table'; readonly at: number; readonly table: CatalogTable }
  | { readonly kind: 'unfold'; readonly at: number; readonly of: Expression; readonly separator?: string }
  | { readonly kind: 'equal'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'when'; readonly of: Expression; readonly values: Condition['values'] }

/** One way from a row to people: joins that end in values which a person's record holds too. */
export interface Chain {
  readonly role: string
  readonly erase: RoleErasure
  readonly owns: boolean
  readonly steps: readonly Step[]
  readonly end: readonly Expression[]
  /** The person table and the columns in it whose values `end` equals; `name` indexes `Found.links`. */
  readonly link: Link
  /** For each end: the map or a type folds letter case, so that spellings of one identity lead to one person. */
  readonly folds: readonly boolean[]
  /** At most one person stands at the end: such a row cannot be shared by this chain. */
  readonly toOne: boolean
}

export interface Link {
  readonly name: string
  readonly table: string
  readonly columns: readonly ColumnRef[]
}

export function linkTo(table: string, columns: readonly ColumnRef[]): Link {
  const name = `${table}.${columns.map((one) => one.column + (one.path ?? '')).join(',')}`
  return { name, table, columns }
}

/** SQL of a chain for a row called `own`; joined tables are called `prefix1`, `prefix2` … */
export function chainSql(
  chain: Chain,
  own: string,
  prefix: string,
): { from: string[]; where: string[]; end: string[] } {
  const alias = (at: number) => (at === 0 ? own : `${prefix}${at}`)
  const sql = (one: Expression) => columnSql(alias(one.at), one.column, one.path)
  const from: string[] = []
  const where: string[] = []
  for (const step of chain.steps) {
    if (step.kind === 'table') from.push(`${step.table.sql} ${alias(step.at)}`)
    else if (step.kind === 'unfold') {
      from.push(`LATERAL ${unfoldSql(alias(step.of.at), step.of, step.of.base, step.separator)} ${alias(step.at)}`)
    } else if (step.kind === 'equal')
      where.push(equal(sql(step.left), step.left.base, sql(step.right), step.right.base))
    else where.push(conditionSql(sql(step.of), step.values))
  }
  return { from, where, end: chain.end.map(sql) }
}

/** True in SQL when a record `alias` of a table of people is what the chain's end leads to. */
export function linkedSql(chain: Chain, person: CatalogTable, alias: string, end: readonly string[]): string[] {
  return chain.link.columns.map((column, index) => {
    const base = column.path === undefined ? baseOf(person, column.column) : 'text'
    const record = columnSql(alias, column.column, column.path)
    return equal(record, base, end[index] ?? '', chain.end[index]?.base ?? 'text', chain.folds[index])
  })
}

/** Finds all ways from the rows of a table to people. A reference over another mapped table goes on with that table's roles. */
export class Chains {
  readonly #maps: ReadonlyMap<string, TableMap>
  readonly #catalog: Catalog
  readonly #store: StoreMap

  constructor(store: StoreMap, catalog: Catalog) {
    this.#store = store
    this.#catalog = catalog
    this.#maps = new Map(store.tables.map((table) => [table.table, table]))
  }

  /** All chains of a table; a person table begins with its own record, role `person`. */
  of(table: TableMap): Chain[] {
    const own = table.person === undefined ? [] : [this.#ownRecord(table, table.person.erase)]
    const roles = table.people.flatMap((role) => this.#role(table, role, [table.table]))
    return [...own, ...roles.map((chain) => this.#folding(this.#withinTenant(table, chain)))]
  }

  live(name: string): CatalogTable {
    const found = this.#catalog.table(name)
    if (found !== undefined) return found
    const identity = identityOf(name)
    if (identity !== undefined) {
      throw new Fault({
        code: 'store.link-unsupported',
        ...(this.#store.file === undefined ? {} : { where: { file: this.#store.file } }),
        what: `roles by ${identity} are for stores without tables; store ${this.#store.store} is a database`,
        mend: 'Declare the table that holds the address as people: person: { key: { email: COLUMN } }.',
      })
    }
    throw new Fault({
      code: 'store.table-missing',
      where: { ...(this.#store.file === undefined ? {} : { file: this.#store.file }), path: `tables.${name}` },
      what: `store ${this.#store.store} has no table ${name}`,
      mend: 'Correct the name in the store map, or take the table out of it.',
    })
  }

  /** Where both the row and the person's record name a tenant, the link holds within one tenant only. */
  #withinTenant(table: TableMap, chain: Chain): Chain {
    const tenant = this.#maps.get(chain.link.table)?.within
    if (table.within === undefined || tenant === undefined) return chain
    if (chain.link.columns.some((one) => one.column === tenant)) return chain
    const own: Expression = { at: 0, column: table.within, base: baseOf(this.live(table.table), table.within) }
    const link = linkTo(chain.link.table, [...chain.link.columns, { column: tenant }])
    return { ...chain, end: [...chain.end, own], link }
  }

  /** A link to an identity that the map folds, or that is citext, is folded too. */
  #folding(chain: Chain): Chain {
    const person = this.#maps.get(chain.link.table)
    const live = this.live(chain.link.table)
    const isCitext = (one: ColumnRef) => one.path === undefined && baseOf(live, one.column) === 'citext'
    const isFolded = (one: ColumnRef) =>
      person?.person?.keys.some(
        (key) => key.fold && key.column.column === one.column && key.column.path === one.path,
      ) === true
    const folds = chain.link.columns.map(
      (column, index) => isCitext(column) || isFolded(column) || chain.end[index]?.base === 'citext',
    )
    // Several spellings may stand in several records; a unique citext column holds one of them.
    const toOne = chain.toOne && chain.link.columns.every((column, index) => !folds[index] || isCitext(column))
    return { ...chain, folds, toOne }
  }

  #ownRecord(table: TableMap, erase: RoleErasure): Chain {
    const live = this.live(table.table)
    const key = keyColumnsOf(live)
    return {
      role: 'person',
      erase,
      owns: true,
      steps: [],
      end: key.map(({ name, base }) => ({ at: 0, column: name, base })),
      link: linkTo(
        table.table,
        key.map(({ name }) => ({ column: name })),
      ),
      folds: [],
      toOne: true,
    }
  }

  #role(table: TableMap, role: RoleMap, visited: readonly string[]): Chain[] {
    const live = this.live(table.table)
    const whenOwn = role.when.filter((one) => one.column.table === '' || one.column.table === table.table)
    const whenOther = role.when.filter((one) => !whenOwn.includes(one))
    const steps: Step[] = whenOwn.map((one) => ({
      kind: 'when',
      of: this.#expression(live, 0, one.column),
      values: one.values,
    }))
    const draft = { role: role.role, erase: role.erase, owns: role.owns, steps }
    const link = role.link
    if ('via' in link) return this.#via(table, draft, link.via, whenOther, visited)
    let next = 1
    const ends = link.columns.map((column): Expression => {
      const of = this.#expression(live, 0, column)
      if (!holdsSeveral(column, of.base, link.separator)) return of
      const at = next++
      steps.push({ kind: 'unfold', at, of, ...(link.separator === undefined ? {} : { separator: link.separator }) })
      return { at, column: 'x', base: 'text' }
    })
    return this.#reach(draft, ends, link.to, next, whenOther, visited, next === 1)
  }

  /** From expressions to a target: a person's record ends the chain, another mapped table goes on. */
  #reach(
    draft: Pick<Chain, 'role' | 'erase' | 'owns'> & { steps: Step[] },
    ends: readonly Expression[],
    to: readonly TableColumn[],
    next: number,
    when: readonly Condition[],
    visited: readonly string[],
    toOne: boolean,
  ): Chain[] {
    const target = to[0]?.table ?? ''
    const map = this.#maps.get(target)
    const live = this.live(target)
    const columns = to.map((one) => one.column)
    const one = toOne && coversKey(live, columns)
    const whenHere = when.filter((condition) => condition.column.table === target)
    if (map?.person !== undefined && whenHere.length === 0) {
      return [{ ...draft, end: ends, link: linkTo(target, to.map(plainColumn)), folds: [], toOne: one }]
    }
    const at = next
    const steps: Step[] = [...draft.steps, { kind: 'table', at, table: live }]
    ends.forEach((left, index) => {
      const right = to[index]
      if (right !== undefined) steps.push({ kind: 'equal', left, right: this.#expression(live, at, right) })
    })
    for (const condition of whenHere) {
      steps.push({ kind: 'when', of: this.#expression(live, at, condition.column), values: condition.values })
    }
    return this.#goOn({ ...draft, steps }, target, at, at + 1, visited, one)
  }

  /** Goes on from a joined table: its own record if it holds people, else its roles, the one of the same name first. */
  #goOn(
    draft: Pick<Chain, 'role' | 'erase' | 'owns'> & { steps: Step[] },
    target: string,
    at: number,
    next: number,
    visited: readonly string[],
    toOne: boolean,
  ): Chain[] {
    const map = this.#maps.get(target)
    if (map === undefined || visited.includes(target)) return []
    const subject = map.people.filter((one) => one.role === draft.role)
    const roles = subject.length > 0 ? subject : map.people.filter((one) => one.erase !== 'keep-link')
    const further =
      map.person === undefined
        ? roles.flatMap((role) => this.#role(map, role, [...visited, target]))
        : [this.#ownRecord(map, map.person.erase)]
    return further.map((chain) => ({
      ...draft,
      steps: [...draft.steps, ...chain.steps.map((step) => moveStep(step, at, next))],
      end: chain.end.map((one) => move(one, at, next)),
      link: chain.link,
      folds: [],
      toOne: toOne && chain.toOne,
    }))
  }

  #via(
    table: TableMap,
    draft: Pick<Chain, 'role' | 'erase' | 'owns'> & { steps: Step[] },
    joins: readonly Join[],
    when: readonly Condition[],
    visited: readonly string[],
  ): Chain[] {
    const own = table.table
    const isOwn = (side: TableColumn) => side.table === '' || side.table === own
    const names = [
      ...new Set(
        joins
          .flatMap((join) => [join.left, join.right])
          .filter((side) => !isOwn(side))
          .map((side) => side.table),
      ),
    ]
    const terminal = [...names].reverse().find((name) => this.#maps.get(name)?.person !== undefined)
    const last = terminal ?? [...names].reverse().find((name) => (this.#maps.get(name)?.people.length ?? 0) > 0)
    if (last === undefined) return []
    const drop = terminal !== undefined && !when.some((one) => one.column.table === terminal)
    const joined = names.filter((name) => !(drop && name === terminal))
    const position = new Map(joined.map((name, index) => [name, index + 1]))
    const side = (one: TableColumn) =>
      this.#expression(this.live(isOwn(one) ? own : one.table), isOwn(one) ? 0 : (position.get(one.table) ?? 0), one)
    const steps: Step[] = [
      ...draft.steps,
      ...joined.map((name): Step => ({ kind: 'table', at: position.get(name) ?? 0, table: this.live(name) })),
    ]
    const ends: Expression[] = []
    const linked: ColumnRef[] = []
    for (const { left, right } of joins) {
      const person = drop ? [left, right].find((one) => one.table === terminal) : undefined
      if (person === undefined) steps.push({ kind: 'equal', left: side(left), right: side(right) })
      else {
        ends.push(side(person === left ? right : left))
        linked.push(plainColumn(person))
      }
    }
    for (const one of when) steps.push({ kind: 'when', of: side(one.column), values: one.values })
    const keyed = joined.every((name) =>
      coversKey(
        this.live(name),
        joins
          .flatMap((join) => [join.left, join.right])
          .filter((one) => one.table === name)
          .map((one) => one.column),
      ),
    )
    if (drop && terminal !== undefined) {
      const one =
        keyed &&
        joined.length === 0 &&
        coversKey(
          this.live(terminal),
          linked.map((column) => column.column),
        )
      return [{ ...draft, steps, end: ends, link: linkTo(terminal, linked), folds: [], toOne: one }]
    }
    return this.#goOn({ ...draft, steps }, last, position.get(last) ?? 0, joined.length + 1, [...visited], false)
  }

  #expression(live: CatalogTable, at: number, column: ColumnRef): Expression {
    const found = live.columns.find((one) => one.name === column.column)
    if (found === undefined) {
      throw new Fault({
        code: 'store.column-missing',
        where: { ...(this.#store.file === undefined ? {} : { file: this.#store.file }), path: `tables.${live.name}` },
        what: `table ${live.name} of store ${this.#store.store} has no column ${column.column}`,
        mend: 'Correct the name in the store map.',
      })
    }
    return {
      at,
      column: column.column,
      ...(column.path === undefined ? {} : { path: column.path }),
      base: column.path === undefined ? found.base : 'text',
    }
  }
}

function plainColumn(column: ColumnRef): ColumnRef {
  return column.path === undefined ? { column: column.column } : { column: column.column, path: column.path }
}

/** Renames table 0 of a chain to `at` and its further tables to follow `next`. */
function move(expression: Expression, at: number, next: number): Expression {
  return { ...expression, at: expression.at === 0 ? at : expression.at + next - 1 }
}

function moveStep(step: Step, at: number, next: number): Step {
  if (step.kind === 'table') return { ...step, at: step.at + next - 1 }
  if (step.kind === 'unfold') return { ...step, at: step.at + next - 1, of: move(step.of, at, next) }
  if (step.kind === 'equal') return { ...step, left: move(step.left, at, next), right: move(step.right, at, next) }
  return { ...step, of: move(step.of, at, next) }
}
