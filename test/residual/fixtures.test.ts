import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compileFinder, type SoughtIdentity } from '../../src/residual/index.ts'
import { dumpRows } from './dump.ts'

const SHARED = join(import.meta.dirname, '../../../shared/fixtures')
const present = existsSync(join(SHARED, 'people.json'))
if (!present) console.log('skipped: the fixtures of real software are not beside the repository (../shared/fixtures)')

interface Person {
  readonly [field: string]: string | string[]
}
interface Place {
  readonly table: string
  readonly column: string
  readonly kind: string
  readonly encoding: string
  readonly rows: number
}

const KINDS: Readonly<Record<string, string>> = {
  email: 'email',
  name: 'name',
  username: 'login',
  phone: 'phone',
  street: 'address',
  birth: 'date',
  nationalId: 'national-id',
  serial: 'serial',
  hostname: 'hostname',
  mac: 'mac',
  ip: 'ip',
  former: 'name',
}

/** Identities of a person under the names that the truth uses. */
function identitiesOf(person: Person): SoughtIdentity[] {
  const list = Object.entries(KINDS).flatMap(([field, kind]) =>
    typeof person[field] === 'string' ? [{ id: field, kind, value: person[field], strong: false }] : [],
  )
  const surname = String(person.former ?? '')
    .split(' ')
    .at(-1)
  if (surname) list.push({ id: 'former_surname', kind: 'name', value: surname, strong: false })
  for (const alias of (person.aliases ?? []) as string[]) {
    if (alias.toLowerCase() !== person.email)
      list.push({ id: `alias:${alias}`, kind: 'email', value: alias, strong: true })
  }
  return list
}

/** Families of encodings: the truth names the first layers, a finding names all of them. */
const family = (encoding: string) =>
  encoding
    .replace(/:[^>]*/g, '')
    .replace(/\+tags|>tags/g, '')
    .replace(/^tokens>/, '')
    .replace(/^(?:number|tokens)$/, 'raw')

const DUMPS = [
  {
    name: 'request-tracker',
    backslashes: false,
    // Found beside the truth, each looked at by hand.
    explained: {
      'attachments.content email percent':
        'the address in links of three notifications (`marta.kowalczyk%40example.org`)',
      'attachmentsindex.contentindex email percent': 'the same links in the search index of one of them',
      'attachmentsindex.contentindex name raw': 'the words of the name stand beside each other in the index',
      'attachmentsindex.contentindex phone raw': 'the groups of digits follow each other in the index',
      'attachmentsindex.contentindex street raw': 'the words of the street follow each other in the index',
      'attachmentsindex.contentindex former raw': 'given and former name follow each other in the index',
      'attributes.content email base64':
        'a saved search and its history (base64 of Storable), a trap that the truth describes in words',
      'attributes.content name base64': 'a quick note (base64 of Storable)',
      'attributes.content phone base64': 'the same quick note',
      'attachments.headers email raw+tag': 'the plus address of the subject is her address with a tag',
      'users.emailaddress email raw+tag': 'the same',
      'users.name email raw+tag': 'the same',
    } as Record<string, string>,
  },
  { name: 'roundcube', backslashes: true, explained: {} as Record<string, string> },
]

describe.skipIf(!present).each(DUMPS)('$name', ({ name, backslashes, explained }) => {
  const people = present ? (JSON.parse(readFileSync(join(SHARED, 'people.json'), 'utf8')) as Person[]) : []
  const rows = present ? [...dumpRows(join(SHARED, name, 'database.sql'), backslashes)] : []
  const search = (person: Person) => {
    const finder = compileFinder(identitiesOf(person))
    const found = new Map<string, Set<string>>()
    const unread: string[] = []
    for (const row of rows) {
      for (const [column, value] of row.cells) {
        const type = column === 'contentindex' ? 'tsvector' : /^\d+$/.test(value) ? 'int8' : 'text'
        const findings = finder.cell(Buffer.from(value), { type })
        for (const reason of findings.unread) unread.push(`${row.table}.${column} ${reason}`)
        for (const hit of findings.hits) {
          const place = `${row.table}.${column} ${hit.identity} ${family(hit.encoding)}`
          found.set(place, (found.get(place) ?? new Set()).add(row.key))
        }
      }
    }
    return { found, unread }
  }

  it('every place of the truth is found in as many rows, and nothing else but what is explained', () => {
    const truth = JSON.parse(readFileSync(join(SHARED, name, 'truth.json'), 'utf8')) as Place[]
    const { found, unread } = search(people[0] as Person)
    expect(unread).toEqual([])
    const known = new Set<string>()
    for (const place of truth) {
      const reversed = place.kind === 'name_rev'
      const key = `${place.table}.${place.column} ${reversed ? 'name' : place.kind} ${family(place.encoding)}`
      known.add(key)
      const count = found.get(key)?.size ?? 0
      // The truth counts a name turned round by itself; here it is the same identity.
      expect(`${key} ${reversed ? Math.min(count, place.rows) : count}`).toBe(`${key} ${place.rows}`)
    }
    expect([...found.keys()].filter((key) => !known.has(key)).sort()).toEqual(Object.keys(explained).sort())
  }, 120_000)

  it('cells that hold nothing but an address, login or phone of a look-alike are not hers', () => {
    const finder = compileFinder(identitiesOf(people[0] as Person))
    const theirs = people
      .slice(1, 5)
      .flatMap((other) => [other.email, other.username, other.mac, other.serial].map((value) => String(value)))
    let seen = 0
    for (const row of rows) {
      for (const value of row.cells.values()) {
        if (!theirs.includes(value.toLowerCase())) continue
        seen++
        expect(finder.cell(Buffer.from(value), { type: 'text' }).hits).toEqual([])
      }
    }
    expect(seen).toBeGreaterThan(5)
  })

  it('a block scan sends every row with a finding to be opened, and few others', () => {
    const finder = compileFinder(identitiesOf(people[0] as Person))
    const copied = (value: string) =>
      value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')
    const lines = rows
      .filter((row) => !row.cells.has('contentindex'))
      .map((row) => ({ row, line: `${[...row.cells.values()].map(copied).join('\t')}\n` }))
    const block = Buffer.from(lines.map(({ line }) => line).join(''))
    const opened = new Set(finder.suspects(block).map((range) => range.start))
    let at = 0
    let missed = 0
    for (const { row, line } of lines) {
      const hit = [...row.cells.values()].some(
        (value) => finder.cell(Buffer.from(value), { type: 'text' }).hits.length > 0,
      )
      if (hit && !opened.has(at)) missed++
      at += Buffer.byteLength(line)
    }
    expect(missed).toBe(0)
    expect(opened.size).toBeLessThan(lines.length / 5)
  }, 120_000)
})
