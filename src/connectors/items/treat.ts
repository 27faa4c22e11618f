import { hash } from 'node:crypto'
import type { ErasureWork } from '../../connector.ts'
import { compileMentionRedactor, compileRedactor, ERASED, type Redactor } from '../../content/index.ts'
import { identifiers } from '../known-identities.ts'
import { textsOf } from './cell-value.ts'
import type { Judgement } from './judge.ts'
import type { ItemField } from './layout.ts'
import { rewriteCell } from './rewrite.ts'
import type { Cell } from './source.ts'
import type { Standings } from './standing.ts'

/** New cells of an item that stays, and the fields of which a container went whole. */
export interface Treated {
  readonly cells: Readonly<Record<string, Cell>>
  readonly removed: readonly string[]
}

/** Compiled once for each set of people. */
export class Redactors {
  readonly #work: readonly Pick<ErasureWork, 'found'>[]
  readonly #compiled = new Map<string, Redactor>()

  constructor(work: readonly Pick<ErasureWork, 'found'>[]) {
    this.#work = work
  }

  /** `mention`: in other people's texts a hint is theirs only beside a key identity. */
  of(people: readonly number[], mention: boolean): Redactor {
    const name = `${mention} ${people.join(',')}`
    const known = this.#compiled.get(name)
    if (known !== undefined) return known
    const sought = (only: 'strong' | 'all') =>
      people.flatMap((person) => {
        const found = this.#work[person]?.found
        return found === undefined ? [] : identifiers(found, only)
      })
    const redactor = mention ? compileMentionRedactor(sought('strong'), sought('all')) : compileRedactor(sought('all'))
    if (this.#compiled.size > 1_000) this.#compiled.clear()
    this.#compiled.set(name, redactor)
    return redactor
  }
}

/** What stands in an item that stays once these people's cells are treated; no cells where nothing changes. */
export async function treat(
  judged: Judgement,
  work: readonly Pick<ErasureWork, 'found' | 'salt'>[],
  standings: Standings,
  redactors: Redactors,
): Promise<Treated> {
  const cells: { [column: string]: Cell } = {}
  const removed: string[] = []
  for (const field of judged.table.fields) {
    if (field.is === undefined || field.live.generated || judged.kept.has(field)) continue
    const column = field.column.column
    const item = { ...judged.item, cells: { ...judged.item.cells, ...cells } }
    if (field.erase === 'redact' && field.lists.length > 0) {
      const left = withoutLinks(field, textsOf(item.cells[column] ?? null), judged, standings)
      if (left !== undefined) cells[column] = left
    } else if (field.erase === 'redact') {
      const own = judged.wantsPart || judged.wantsRow
      const rewritten = await rewriteCell(item, field, redactors.of(judged.people, judged.others && !own))
      if (rewritten === undefined) continue
      cells[column] = rewritten.cell
      if (rewritten.removed) removed.push(column)
    } else if (isTheirs(field, judged, item.cells[column] ?? null, work)) {
      const next = standIn(field, item.cells[column] ?? null, work[judged.people[0] ?? 0]?.salt ?? new Uint8Array(0))
      if (next !== undefined) cells[column] = next
    }
  }
  return { cells, removed }
}

/** Whose cell it is: the named role's, else the person's where nobody else stands in the item, else only if it is an identifier of theirs. */
function isTheirs(
  field: ItemField,
  judged: Judgement,
  cell: Cell,
  work: readonly Pick<ErasureWork, 'found'>[],
): boolean {
  const about = judged.wantsPart || judged.wantsRow
  if (field.of === undefined ? about && !judged.others : judged.roles.has(field.of)) return true
  const values = new Set(textsOf(cell).map((text) => text.trim().toLowerCase()))
  return judged.people.some((person) =>
    work[person]?.found.identities.some(
      (one) => one.strong && values.size === 1 && values.has(one.value.toLowerCase()),
    ),
  )
}

/** NULL, else the stand-in: the same value of the same request gives the same one in every store. */
function standIn(field: ItemField, cell: Cell, salt: Uint8Array): Cell | undefined {
  if (cell === null || textsOf(cell).every((text) => text === '')) return undefined
  if (field.erase !== 'pseudonym') {
    const empty = field.live.many === true ? [] : field.live.nullable ? null : ''
    return empty
  }
  const stand = (text: string) => pseudonym(text, salt, field.live.maxLength)
  if (typeof cell === 'string') return stand(cell)
  return cell instanceof Uint8Array ? Buffer.from(stand(Buffer.from(cell).toString('utf8'))) : cell.map(stand)
}

/** A random stand-in of the value's shape, as every connector makes it: an address in `.invalid` (RFC 2606), or a word. */
export function pseudonym(value: string, salt: Uint8Array, maxLength = 1000): string {
  const hex = hash('sha256', Buffer.concat([salt, Buffer.from(value)]), 'hex')
  const tail = maxLength >= 24 ? '@erased.invalid' : '@x.invalid'
  if (!value.includes('@') || maxLength < tail.length + 6) return hex.slice(0, Math.min(24, maxLength))
  return hex.slice(0, Math.max(1, Math.min(24, maxLength - tail.length))) + tail
}

/** A list of people loses those it is asked to lose and no other; text with a separator shows that somebody stood there. */
function withoutLinks(
  field: ItemField,
  texts: readonly string[],
  judged: Judgement,
  standings: Standings,
): Cell | undefined {
  const theirs = (value: string) =>
    field.lists.some((role) => judged.people.some((person) => standings.isLinked(role, value.trim(), person)))
  if (field.live.many === true) {
    const left = texts.filter((text) => !theirs(text))
    return left.length === texts.length ? undefined : left
  }
  const separator = field.lists[0]?.separator ?? ','
  const text = texts[0] ?? ''
  const left = text.split(separator).map((part) => (theirs(part) ? part.replace(/\S(?:.*\S)?/s, ERASED) : part))
  const joined = left.join(separator)
  return joined === text ? undefined : joined
}
