import { hash } from 'node:crypto'
import type { ErasureWork } from '../../connector.ts'
import { compileMentionRedactor, compileRedactor, ERASED, type Identifier, type Redactor } from '../../content/index.ts'
import { identifiers } from '../known-identities.ts'
import { type RewrittenCell, rewriteCell } from '../postgres/cell.ts'
import { fieldAction, fieldObstacle, simplePath } from '../postgres/field-action.ts'
import type { FieldLayout, TableLayout } from '../postgres/layout.ts'
import { isTelling } from '../postgres/stand-in.ts'
import { typeFamily } from '../postgres/values.ts'
import type { Hit } from './hits.ts'

/** What a row held before, as the treatment reads it. */
export interface OldCells {
  /** Text, or bytes in a column of bytes. */
  cell(column: string): string | Uint8Array | null
  /** The codec that another column names. */
  codec(field: FieldLayout): string | null
  isDefault(column: string): boolean
}

/** A cell's new value; `default`: what the column says. */
export type NewCell = string | Uint8Array | null | { readonly use: 'default' }

export interface Treated {
  readonly cells: ReadonlyMap<string, NewCell>
  /** Fields of which a container went whole. */
  readonly removed: readonly string[]
}

/** Compiles what is sought once for each set of people. */
export class Treatment {
  readonly #work: readonly Pick<ErasureWork, 'found' | 'salt'>[]
  readonly #redactors = new Map<string, Redactor>()
  readonly #identifiers = new Map<number, ReadonlySet<string>>()
  /** Set when an erasure is replayed: stand-ins are left; `told`: also values that only may be one. */
  readonly #again: 'told' | 'all' | undefined

  constructor(work: readonly ErasureWork[]) {
    this.#work = work
    this.#again = work[0]?.only === undefined ? undefined : work[0].whole === true ? 'all' : 'told'
  }

  /** What stands in a row that stays once these people's cells are treated: the columns that change. */
  async row(table: TableLayout, hit: Hit, old: OldCells): Promise<Treated> {
    const cells = new Map<string, NewCell>()
    const removed: string[] = []
    const untold = new Map<string, NewCell>()
    for (const field of table.fields) {
      const action = fieldAction(field)
      if (action === undefined || fieldObstacle(field) !== undefined || hit.kept.has(field)) continue
      const { column } = field.column
      const before = cells.get(column) ?? old.cell(column)
      if (before === null || (typeof before === 'object' && 'use' in before)) continue
      if (action === 'redact') {
        const next = await this.#redacted(field, before, old.codec(field), hit)
        if (next === undefined) continue
        cells.set(column, next.value ?? (field.nullable ? null : ''))
        if (next.removed) removed.push(column)
      } else if (this.#isTheirs(table, field, before, hit)) {
        const next = this.#replaced(table, field, before, old, hit)
        if (next === undefined) continue
        const hidden = this.#again === 'told' && action === 'pseudonym' && !isTelling(field)
        ;(hidden ? untold : cells).set(column, next)
      }
    }
    // A stand-in that looks like any other value is put anew only where something else shows the person.
    if (cells.size > 0) for (const [column, cell] of untold) cells.set(column, cell)
    return { cells, removed }
  }

  /** Whose cell it is: the named role's, else the person's where nobody else stands in the row, else only an identifier of theirs. */
  #isTheirs(table: TableLayout, field: FieldLayout, cell: string | Uint8Array, hit: Hit): boolean {
    if (field.of === undefined ? hit.wantsPart && !hit.others : hit.roles.has(field.of)) return true
    const alwaysOwn = table.chains.length === 1 && table.chains[0]?.role === 'person' && field.of === undefined
    if (alwaysOwn || field.column.path !== undefined || typeof cell !== 'string') return false
    return [...hit.people].some((person) => this.#values(person).has(cell.trim().toLowerCase()))
  }

  #values(person: number): ReadonlySet<string> {
    const known = this.#identifiers.get(person)
    if (known !== undefined) return known
    const found = this.#work[person]?.found ?? { identities: [] }
    // A short number is an amount or an id of many tables: equal to theirs, a cell is not yet theirs.
    const telling = ({ value }: Identifier) => !/^\d{1,4}$/.test(value.trim())
    const values = new Set(
      identifiers(found, 'all')
        .filter(telling)
        .map(({ value }) => value.trim().toLowerCase()),
    )
    this.#identifiers.set(person, values)
    return values
  }

  #replaced(
    table: TableLayout,
    field: FieldLayout,
    cell: string | Uint8Array,
    old: OldCells,
    hit: Hit,
  ): NewCell | undefined {
    const salt = this.#work[hit.lead]?.salt ?? new Uint8Array(0)
    if (field.column.path !== undefined) return this.#atPath(field, cell, salt)
    if (fieldAction(field) === 'clear') {
      if (field.nullable) return null
      return old.isDefault(field.column.column) ? undefined : { use: 'default' }
    }
    const text = typeof cell === 'string' ? cell : Buffer.from(cell).toString('utf8')
    if (text === '' || (this.#again !== undefined && isTelling(field) && isStandIn(text))) return undefined
    return pseudonym({ ...field, ...digitsOf(table, field) }, text, salt)
  }

  #atPath(field: FieldLayout, cell: string | Uint8Array, salt: Uint8Array): NewCell | undefined {
    const steps = simplePath(field.column.path ?? '')
    if (steps === undefined || typeof cell !== 'string') return undefined
    return withJsonAt(cell, steps, (value) => {
      if (value === null) return undefined
      if (fieldAction(field) === 'clear') return null
      const text = typeof value === 'string' ? value : JSON.stringify(value)
      if (this.#again !== undefined && isStandIn(text)) return undefined
      return pseudonym({ base: 'text' }, text, salt)
    })
  }

  async #redacted(
    field: FieldLayout,
    cell: string | Uint8Array,
    codec: string | null,
    hit: Hit,
  ): Promise<RewrittenCell | undefined> {
    const redactor = this.#redactor(hit)
    if (field.list !== undefined && typeof cell === 'string') {
      const value = this.#withoutLinks(field, field.list, cell, hit, redactor)
      return value === cell ? undefined : { value: fitted(field, value), removed: false, replaced: 1 }
    }
    const coded = isJson(field) && field.codec === undefined ? { ...field, codec: { name: 'json' } } : field
    const next = await rewriteCell(cell, coded, codec, redactor)
    return next === undefined || typeof next.value !== 'string' ? next : { ...next, value: fitted(field, next.value) }
  }

  #redactor(hit: Hit): Redactor {
    const mention = hit.others && !hit.wantsPart
    const people = [...hit.people].sort((one, other) => one - other)
    const name = `${mention} ${people.join(',')}`
    const known = this.#redactors.get(name)
    if (known !== undefined) return known
    const sought = (only: 'strong' | 'all') =>
      people.flatMap((person) => identifiers(this.#work[person]?.found ?? { identities: [] }, only))
    const redactor = mention ? compileMentionRedactor(sought('strong'), sought('all')) : compileRedactor(sought('all'))
    if (this.#redactors.size > 1_000) this.#redactors.clear()
    this.#redactors.set(name, redactor)
    return redactor
  }

  /** A list of references loses those to the person and no other; the blanks around an element stay. */
  #withoutLinks(
    field: FieldLayout,
    list: NonNullable<FieldLayout['list']>,
    text: string,
    hit: Hit,
    redactor: Redactor,
  ): string {
    const values = new Set(
      [...hit.people].flatMap((person) =>
        list.links.flatMap(({ name, columns }) =>
          (this.#work[person]?.found.links[name] ?? []).map((value) =>
            (columns.length === 1 ? value : String(JSON.parse(value)[0])).trim().toLowerCase(),
          ),
        ),
      ),
    )
    const separator = list.separator ?? ','
    if (separator === '' || field.column.path !== undefined) return redactor.text(text).text
    return text
      .split(separator)
      .map((part) => {
        if (!values.has(part.trim().toLowerCase())) return /^\s*\d+\s*$/.test(part) ? part : redactor.text(part).text
        return part.trim() === '' ? part : part.replace(part.trim(), () => ERASED)
      })
      .join(separator)
  }
}

const isJson = (field: FieldLayout): boolean => field.base === 'json' || field.base === 'jsonb'

function fitted(field: FieldLayout, text: string): string {
  return field.maxLength === undefined || text.length <= field.maxLength
    ? text
    : [...text].slice(0, field.maxLength).join('')
}

/** True for what `pseudonym` puts into text: hexadecimal, or an address in `.invalid`. */
export function isStandIn(text: string): boolean {
  return /^(?:[0-9a-f]{12,24}|[0-9a-f]{1,24}@(?:erased|x)\.invalid)$/.test(text)
}

/** A random stand-in of the value's type and length, as every connector makes it: the same value of the same request gives the same one. */
function pseudonym(
  field: Pick<FieldLayout, 'base' | 'maxLength'> & { readonly digits?: number },
  value: string,
  salt: Uint8Array,
): string | undefined {
  const hex = hash('sha256', Buffer.concat([salt, Buffer.from(value)]), 'hex')
  const number = (digits: number, most: bigint) => String(BigInt(`0x${hex.slice(0, digits)}`) & most)
  switch (typeFamily(field.base)) {
    case 'text':
    case 'citext': {
      const most = field.maxLength ?? 1000
      const tail = most >= 24 ? '@erased.invalid' : '@x.invalid'
      if (!value.includes('@') || most < tail.length + 6) return hex.slice(0, Math.min(24, most))
      return hex.slice(0, Math.max(1, Math.min(24, most - tail.length))) + tail
    }
    case 'number':
      if (field.base === 'int2') return number(4, 32_767n)
      if (field.base === 'int4' || field.base === 'oid') return number(8, 2_147_483_647n)
      return shortened(number(16, 9_007_199_254_740_991n), field.digits)
    case 'uuid':
      return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    default:
      return undefined
  }
}

/** Digits before the point of a `decimal(10,2)`: 8. */
function digitsOf({ live }: TableLayout, field: FieldLayout): { digits?: number } {
  const type = live.columns.find(({ name }) => name === field.column.column)?.type ?? ''
  const found = /\((\d{1,3})(?:,\s*(\d{1,3}))?\)/.exec(type)
  return field.base !== 'numeric' || found === null ? {} : { digits: Number(found[1]) - Number(found[2] ?? 0) }
}

function shortened(number: string, digits = number.length): string {
  return number.slice(0, Math.max(1, digits))
}

/** JSON text with another value at a place; undefined where there is none. Numbers that a program would round stay as they are written. */
function withJsonAt(
  text: string,
  steps: readonly string[],
  change: (value: unknown) => string | null | undefined,
): string | undefined {
  let whole: unknown
  try {
    whole = JSON.parse(text, (_key, value: unknown, context?: { source?: string }) =>
      typeof value === 'number' && context?.source !== undefined && String(value) !== context.source
        ? new Written(context.source)
        : value,
    )
  } catch {
    return undefined
  }
  let at: unknown = whole
  for (const step of steps.slice(0, -1)) at = memberOf(at, step)
  const last = steps.at(-1) ?? ''
  const before = memberOf(at, last)
  if (before === undefined) return undefined
  const next = change(before instanceof Written ? before.source : before)
  if (next === undefined || typeof at !== 'object' || at === null) return undefined
  if (Array.isArray(at)) at[Number(last)] = next
  else Object.defineProperty(at, last, { value: next, enumerable: true, configurable: true, writable: true })
  return written(whole)
}

/** A number as its text says it. */
class Written {
  readonly source: string
  constructor(source: string) {
    this.source = source
  }
}

function memberOf(value: unknown, step: string): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Written) return undefined
  if (Array.isArray(value)) return value[Number(step)]
  return Object.hasOwn(value, step) ? (value as Record<string, unknown>)[step] : undefined
}

function written(value: unknown): string {
  if (value instanceof Written) return value.source
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([key, one]) => `${JSON.stringify(key)}:${written(one)}`)
    .join(',')}}`
}
