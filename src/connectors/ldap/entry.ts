import { type Entry, ResultCodeError } from 'ldapts'
import { type Cell, type Item, SourceFailure } from '../items/source.ts'

/** Attributes whose values are bytes (RFC 2798, RFC 4523, RFC 2256). */
export const BYTES = [
  'jpegPhoto',
  'photo',
  'audio',
  'userPassword',
  'userCertificate',
  'userCertificate;binary',
  'userSMIMECertificate',
  'thumbnailPhoto',
]
/** Operational attribute that names the one class an entry is of (RFC 4512 section 2.4.2). */
export const CLASS = 'structuralObjectClass'

export const textsOf = (value: Entry[string] | undefined): string[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [value]).map((one) => one.toString())

/** Attributes that an entry has: the client names those that were asked for, too, and gives them no values. */
export function namesOf(entry: Entry): string[] {
  return Object.keys(entry).filter((name) => name !== 'dn' && textsOf(entry[name]).length > 0)
}

export function classOf(entry: Entry): string {
  return textsOf(entry[CLASS])[0] ?? textsOf(entry.objectClass).at(-1) ?? 'top'
}

export function itemOf(entry: Entry): Item {
  const cells: Record<string, Cell> = { dn: entry.dn }
  for (const name of namesOf(entry)) {
    if (name === CLASS) continue
    const value = entry[name]
    const first = Array.isArray(value) ? value[0] : value
    if (BYTES.includes(name))
      cells[name] = first instanceof Uint8Array ? first : first === undefined ? null : Buffer.from(first)
    else cells[name] = textsOf(value)
  }
  return { key: [entry.dn], cells }
}

export function valuesOf(cell: Cell): string[] | Buffer[] {
  if (cell === null || cell === '') return []
  if (typeof cell === 'string') return [cell]
  return cell instanceof Uint8Array ? [Buffer.from(cell)] : [...cell]
}

export function same(one: Cell, other: Cell): boolean {
  const plain = (cell: Cell) => JSON.stringify(cell instanceof Uint8Array ? Buffer.from(cell).toString('hex') : cell)
  return plain(one) === plain(other)
}

// Result codes of RFC 4511, appendix A.
export const NO_SUCH_OBJECT = 32
const TIME = [3, 85]
const RIGHTS = [48, 49, 50]
const BUSY = [51, 52]

export function failureOf(error: unknown): SourceFailure {
  if (error instanceof SourceFailure) return error
  if (!(error instanceof ResultCodeError)) return new SourceFailure('unreachable', 'no connection', error)
  const { code } = error
  if (RIGHTS.includes(code)) return new SourceFailure('permission', `result ${code}`, error)
  if (TIME.includes(code)) return new SourceFailure('timeout', `result ${code}`, error)
  if (BUSY.includes(code)) return new SourceFailure('unreachable', `result ${code}`, error)
  if (code === NO_SUCH_OBJECT) return new SourceFailure('drift', 'the base of the directory is not there', error)
  return new SourceFailure('refused', `result ${code}`, error)
}
