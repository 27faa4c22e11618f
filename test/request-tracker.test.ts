// The main job on the real database of a help desk: copy, preview, approval, erasure, proof. examples/request-tracker.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RequestDocument } from '../src/requests/report.ts'
import { changedRows, checksums, type Desk, example, fixture, openDesk } from './request-tracker/desk.ts'
import { brokenExpectations, rowsOfUsers, ticketSkeleton, touched } from './request-tracker/expectations.ts'
import { encodingOf, patternOf, readings, readTruth } from './request-tracker/truth.ts'

const there = existsSync(fixture)
if (!there) console.log('skipped: the Request Tracker database is not at ../shared/fixtures/request-tracker')

const identity = (...pairs: string[]): string[] => pairs.flatMap((pair) => ['--identity', pair])
const address = 'email=marta.kowalczyk@example.org'
const tagged = 'email=marta.kowalczyk+alerts@example.org'
const work = 'email=mkowalczyk@corp.example'
const known = identity('name=Marta Zielińska', 'name=Zielińska', 'name=Kowalczyk', 'date=1985-01-01')
const network = identity('ip=203.0.113.47', 'ip=198.51.100.147', 'mac=02:4b:6f:7f:3a:91')

/** Two cores are shared with the database and other tests. */
const minutes = { timeout: 180_000 }

/** Every row that the erasure may change, and does: all others of the 6,842 stay byte for byte. */
const changed: Record<string, number[]> = {
  articles: [1],
  attachments: [
    994, 996, 997, 998, 1000, 1001, 1002, 1003, 1004, 1005, 1007, 1008, 1009, 1010, 1011, 1013, 1014, 1015, 1017, 1018,
    1021, 1030, 1036, 1043, 1045, 1046, 1065, 1067, 1068, 1082, 1083, 1084, 1085, 1086, 1087, 1088, 1089, 1090, 1091,
    1092, 1093, 1094, 1095,
  ],
  attachmentsindex: [994, 1002, 1007, 1015, 1043, 1065, 1082, 1086, 1090, 1094],
  attributes: [13, 14],
  links: [6],
  objectcustomfieldvalues: [1, 21, 22],
  sessions: [7],
  tickets: [178],
  transactions: [1322, 1323, 1324, 1325, 1326, 1327, 1337],
  users: [31, 852, 858],
}

interface Line {
  readonly column: string
  readonly rows: number
  readonly copied: number
  readonly erased: number
  readonly stay: number
}

/** The table of the README, by place: what it promises is what the test expects. */
function promised(): Map<string, Line> {
  const text = readFileSync(new URL('README.md', example), 'utf8')
  const lines = text.matchAll(/^\| `([a-z]+\.[a-z0-9]+)` \| (\S+) \| (\S+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|/gm)
  return new Map(
    [...lines].map(([, column = '', kind, encoding, rows, copied, erased, stay]) => [
      `${column} ${kind} ${encoding}`,
      { column, rows: Number(rows), copied: Number(copied), erased: Number(erased), stay: Number(stay) },
    ]),
  )
}

describe.runIf(there)('a help desk’s Request Tracker', () => {
  let desk: Desk
  const truth = there ? readTruth(new URL('truth.json', fixture)) : []
  /** Rows of each place of the truth that hold it, by the test's own search. */
  const held = new Map<string, string[]>()
  const places = truth.map((one) => ({ ...one, place: `${one.table}.${one.column} ${one.kind} ${one.encoding}` }))

  /** Every cell of a column, decoded in every way the truth names; kept while the database is the same. */
  const decoded = new Map<string, Promise<{ id: string; texts: Readonly<Record<string, string>> }[]>>()
  function cellsOf(table: string, column: string) {
    const known = decoded.get(`${table}.${column}`)
    if (known !== undefined) return known
    const read = async () => {
      const { rows } = await desk.sql.query<{ id: string; cell: string }>(
        `SELECT id::text AS id, ${column}::text AS cell FROM ${table} WHERE ${column} IS NOT NULL`,
      )
      return Promise.all(rows.map(async ({ id, cell }) => ({ id, texts: await readings(cell) })))
    }
    decoded.set(`${table}.${column}`, read())
    return cellsOf(table, column)
  }

  beforeAll(async () => {
    desk = await openDesk()
    // Request Tracker keeps sessions as base64 of serialized Perl in bytes; hers is open, and so is a colleague's.
    await desk.sql.query(
      `INSERT INTO sessions (id, a_session) SELECT 7, convert_to(content, 'UTF8') FROM attributes WHERE id = 13`,
    )
    await desk.sql.query(
      `INSERT INTO sessions (id, a_session) SELECT 8, convert_to(content, 'UTF8') FROM attributes WHERE id = 9`,
    )
  })
  afterAll(() => desk?.close())

  it('has a map that declares every table and column', minutes, async () => {
    const { document } = await desk.kept('check')
    const text = JSON.stringify(document)
    expect([...text.matchAll(/"code":"([^"]+)"/g)].map((match) => match[1])).toEqual(['store.unreachable-table'])
    expect(text).toContain('tables.sessions')
  })

  it('lists in its README every place of the truth', () => {
    expect([...promised().keys()].sort()).toEqual(places.map(({ place }) => place).sort())
    expect(places.filter((one) => promised().get(one.place)?.rows !== one.rows)).toEqual([])
  })

  it('copies everything that is hers, decoded, and nobody else’s', minutes, async () => {
    const out = join(desk.folder, 'copy')
    const { code, document } = await desk.request('access', ...identity(address, tagged, work), '--out', out)
    expect({ code, state: document.state }).toEqual({ code: 0, state: 'done' })
    const copied: Record<string, number> = {}
    const exported = (table: string): Record<string, unknown>[] => {
      const file = join(out, 'data/request-tracker', `${table}.json`)
      return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>[]) : []
    }
    for (const { table, column, kind, encoding, place } of places) {
      const pattern = patternOf(kind)
      const cells = await cellsOf(table, column)
      const rows = cells.filter(({ texts }) => encodingOf(texts, pattern) === encoding).map(({ id }) => id)
      held.set(place, rows)
      const named = exported(table).filter((row) => row.id === undefined || rows.includes(String(row.id)))
      copied[place] = named.filter((row) => pattern.test(String(row[column] ?? ''))).length
    }
    expect([...held].map(([place, rows]) => `${place} ${rows.length}`)).toEqual(
      places.map(({ place, rows }) => `${place} ${rows}`),
    )
    expect(copied).toEqual(Object.fromEntries([...promised()].map(([place, line]) => [place, line.copied])))
    const whole = ['attachments', 'articles', 'users'].map((table) => JSON.stringify(exported(table))).join('\n')
    for (const other of ['m.kowalczyk@example.net', '1960-03-03', 'notmarta', 'example.org.uk', 'jan.zielinski@'])
      expect(whole).not.toContain(other)
  })

  it('shows the accounts that may be hers, and links none by name, phone, street or +tag', minutes, async () => {
    const { document } = await desk.request('erase', ...identity(address))
    expect(document.state).toBe('awaiting-approval')
    expect(rowsOf(document, 'users')).toBe(1)
    const shown = document.candidates.map(({ hint, key }) => `${hint} ${key}`)
    expect(shown.sort()).toEqual(['address ["39"]', 'email ["852"]', 'name ["33"]', 'phone ["37"]'])
    await desk.kept('request', 'cancel', document.id)
  })

  it('erases her, proves it, and leaves everybody else as they were', minutes, async () => {
    expect(await brokenExpectations(desk.sql)).toEqual([])
    const [before, skeleton] = [await checksums(desk.sql), await ticketSkeleton(desk.sql)]
    const asked = await desk.request('erase', ...identity(address, tagged, work), ...known, ...network)
    expect(asked.document.state).toBe('awaiting-approval')
    expect(asked.document.stores[0]?.obstacles).toEqual([])
    expect(changedRows(before, await checksums(desk.sql))).toEqual({})
    const { code, document } = await desk.request('approve', asked.document.id, '--by', 'jo')
    expect({ code, state: document.state }).toEqual({ code: 0, state: 'done' })
    const classes = (document.proof?.residual ?? []).map((one) => one.class)
    expect([...new Set(classes)].sort()).toEqual(['kept', 'other-person'])
    expect(document.proof?.foreignRowsTouched).toBe(0)
    expect(document.proof?.unread).toEqual([])
    expect(
      document.stores[0]?.kept.map(({ table, field, rows, exception }) => [table, field, rows, exception]),
    ).toEqual([
      ['assets', 'description', 1, 'equipment-register'],
      ['assets', 'name', 1, 'equipment-register'],
    ])
    expect(document.stores[0]?.removed).toEqual([{ table: 'attachments', field: 'content', cells: 1 }])

    const now = changedRows(before, await checksums(desk.sql))
    expect(now).toEqual(changed)
    expect(touched(await rowsOfUsers(desk.sql, ['33', '35', '37', '39']), now)).toEqual([])
    for (const table of Object.keys(changed)) {
      const most = table === 'users' ? rowsOf(document, table) : sharedOf(document, table) + ownOf(table)
      expect(now[table]?.length, table).toBeLessThanOrEqual(most)
    }
    expect(await brokenExpectations(desk.sql)).toEqual([])
    expect(await ticketSkeleton(desk.sql)).toEqual(skeleton)
  })

  it('has erased at each place of the truth what the README says, and no more', minutes, async () => {
    decoded.clear()
    const left: Record<string, number> = {}
    for (const { table, column, kind, place } of places) {
      const pattern = patternOf(kind)
      const cells = await cellsOf(table, column)
      const standing = cells.filter(({ texts }) => encodingOf(texts, pattern) !== undefined).map(({ id }) => id)
      left[place] = (held.get(place) ?? []).filter((id) => standing.includes(id)).length
    }
    expect(left).toEqual(Object.fromEntries([...promised()].map(([place, line]) => [place, line.stay])))
    for (const { rows, erased, stay } of promised().values()) expect(erased + stay).toBe(rows)
  })

  it('finds nobody the second time', minutes, async () => {
    const before = await checksums(desk.sql)
    const { document } = await desk.request('erase', ...identity(address, tagged, work), '--approve-by', 'jo')
    expect(document.stores[0]?.tables).toEqual([])
    expect(document.state).toBe('done')
    expect(changedRows(before, await checksums(desk.sql))).toEqual({})
  })
})

describe.runIf(there)('an account of hers that only a hint shows, and a table that nobody mapped', () => {
  it(
    'goes with her when the approver takes it in; the table holds the request open until it is mended',
    minutes,
    async () => {
      const desk = await openDesk()
      try {
        await desk.sql.query('CREATE TABLE crm_notes (id int PRIMARY KEY, note text)')
        await desk.sql.query("INSERT INTO crm_notes VALUES (1, 'asked by mkowalczyk@corp.example'), (2, 'nobody')")
        await desk.sql.query('GRANT SELECT ON ALL TABLES IN SCHEMA public TO PUBLIC')
        const before = await checksums(desk.sql)
        const { document: asked } = await desk.request('erase', ...identity(address, work), ...known, ...network)
        const others = ['33', '37', '39'].flatMap((id) => ['--reject', `request-tracker.users:${id}`])
        const approve = ['approve', asked.id, '--by', 'jo']
        const changedMind = await desk.request(...approve, '--accept', 'request-tracker.users:["852"]', ...others)
        expect({ code: changedMind.code, state: changedMind.document.state }).toEqual({
          code: 1,
          state: 'awaiting-approval',
        })
        expect(rowsOf(changedMind.document, 'users')).toBe(3)

        const { code, document } = await desk.request(...approve)
        expect({ code, state: document.state }).toEqual({ code: 1, state: 'open' })
        const holding = (document.proof?.residual ?? []).filter((one) => !['kept', 'other-person'].includes(one.class))
        const places = holding.map((one) => `${one.class} ${one.table}.${one.column}`)
        expect([...new Set(places)]).toEqual(['unmapped crm_notes.note'])
        const { sessions: _planted, ...same } = changed
        expect(changedRows(before, await checksums(desk.sql))).toEqual(same)

        await desk.sql.query("UPDATE crm_notes SET note = 'asked by mail' WHERE id = 1")
        const resumed = await desk.request('resume', asked.id)
        expect({ code: resumed.code, state: resumed.document.state }).toEqual({ code: 0, state: 'done' })
      } finally {
        await desk.close()
      }
    },
  )
})

function rowsOf(document: RequestDocument, table: string): number {
  return (document.stores[0]?.tables ?? []).filter((row) => row.table === table).reduce((sum, row) => sum + row.rows, 0)
}

/** Rows of a table that the result lists as shared with other people. */
function sharedOf(document: RequestDocument, table: string): number {
  return (document.stores[0]?.shared ?? []).filter((row) => row.table === table).reduce((sum, row) => sum + row.rows, 0)
}

/** Rows that are hers alone and so in no list of shared ones: values of custom fields of her account. */
function ownOf(table: string): number {
  return table === 'objectcustomfieldvalues' ? 2 : 0
}
