/** Cells of real software: Request Tracker's attachments and Storable attributes, Roundcube's cards, caches and sessions. */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Codec, compileRedactor, parseCodec, readParts, rewrite } from '../src/content/index.ts'
import { fixture, type Row, rowsOf } from './content-dumps.ts'

interface Person {
  readonly name: string
  readonly email: string
  readonly phone: string
  readonly street: string
  readonly aliases: readonly string[]
  readonly nationalId?: string
  readonly former?: string
}

const PEOPLE = new URL('../../shared/fixtures/people.json', import.meta.url)
const people = existsSync(PEOPLE) ? (JSON.parse(readFileSync(PEOPLE, 'utf8')) as Person[]) : []
const subject = people[0]
const tracker = fixture('request-tracker')
const webmail = fixture('roundcube')

/** What links to the subject alone, and what she shares with others. */
const KEYS = [
  ['email', subject?.email],
  ...(subject?.aliases ?? []).map((alias) => ['email', alias]),
  ['login', 'martak'],
  ['national-id', subject?.nationalId],
  ['name', subject?.former],
]
const HINTS = [
  ['name', subject?.name],
  ['phone', subject?.phone],
  ['address', subject?.street],
]
const redactorOf = (pairs: readonly (readonly (string | undefined)[])[]): ReturnType<typeof compileRedactor> =>
  compileRedactor(pairs.map(([kind = '', value = '']) => ({ kind, value, strong: true })))
const REDACTOR = redactorOf([...KEYS, ...HINTS])

interface Tally {
  readonly unchanged: number
  readonly rewritten: readonly string[]
  readonly removed: readonly string[]
}

/** Rewrites every cell; each must hold nothing after, and be the very same bytes where nothing was found. */
async function rewriteAll(
  cells: readonly (readonly [id: string, cell: string | null, codec: Codec | undefined])[],
  redactor = REDACTOR,
): Promise<Tally> {
  let unchanged = 0
  const rewritten: string[] = []
  const removed: string[] = []
  for (const [id, cell, codec] of cells) {
    if (cell === null || codec === undefined) continue
    const bytes = Buffer.from(cell)
    const result = await rewrite(bytes, codec, redactor)
    if (result.outcome === 'unchanged') {
      unchanged++
      expect(result.bytes).toBe(bytes)
    } else if (result.outcome === 'rewritten') rewritten.push(id)
    else removed.push(id)
    for await (const part of readParts(result.bytes, codec)) expect(redactor.matches(part.text), id).toBe(false)
  }
  return { unchanged, rewritten, removed }
}

const column = (rows: readonly Row[], id: number, cell: number, codec: string | number) =>
  rows.map(
    (row) =>
      [
        row[id] ?? '',
        row[cell] ?? null,
        parseCodec(typeof codec === 'string' ? codec : (row[codec] ?? 'none')),
      ] as const,
  )

describe.skipIf(tracker === undefined)('Request Tracker', () => {
  const sql = tracker ?? ''
  const attachments = rowsOf(sql, 'attachments', false)

  test('every attachment by its own encoding: the PDF goes, the document and the mails stay readable', async () => {
    const declared = await rewriteAll(column(attachments, 0, 8, 7))
    expect(declared).toMatchObject({ unchanged: 754, removed: ['1021'] })
    expect(declared.rewritten).toHaveLength(39)
    expect(declared.rewritten).toEqual(expect.arrayContaining(['1007', '1008', '1030', '1050', '1071']))
    expect(await rewriteAll(column(attachments, 0, 8, 'auto'))).toEqual(declared)
  })

  test('nothing of look-alike addresses and the namesake is touched by keys alone', async () => {
    const others = redactorOf(people.slice(1, 5).map((person) => ['email', person.email]))
    for (const row of attachments) {
      const codec = parseCodec(row[7] ?? 'none')
      if (row[8] === null || row[8] === undefined || codec === undefined) continue
      const before = Buffer.from(row[8])
      const result = await rewrite(before, codec, redactorOf(KEYS))
      if (result.outcome !== 'rewritten') continue
      const count = async (bytes: Uint8Array): Promise<number> => {
        let found = 0
        for await (const part of readParts(bytes, codec)) found += others.spans(part.text).length
        return found
      }
      expect(await count(result.bytes), row[0] ?? '').toBe(await count(before))
    }
  })

  test('headers', async () => {
    const { rewritten, removed } = await rewriteAll(column(attachments, 0, 9, 'mime'))
    expect({ rewritten: rewritten.length, removed }).toEqual({ rewritten: 8, removed: [] })
  })

  const perl = spawnSync('perl', ['-MStorable', '-MJSON::PP', '-e', '1']).status === 0
  test.skipIf(!perl)('saved searches: base64 of Storable, thawed by Perl', async () => {
    const rows = rowsOf(sql, 'attributes', false).filter((row) => row[4] === 'storable')
    const tally = await rewriteAll(column(rows, 0, 3, 'base64>perl'))
    expect(tally).toEqual({ unchanged: 8, rewritten: ['12', '13', '14'], removed: [] })
    const thaw = `use Storable 'thaw'; use MIME::Base64; use JSON::PP; local $/; my $in = JSON::PP->new->decode(<STDIN>);
      print JSON::PP->new->canonical->ascii->encode([map { thaw(decode_base64($_)) } @$in]);`
    const ask = (cells: readonly string[]): unknown =>
      JSON.parse(execFileSync('perl', ['-e', thaw], { input: JSON.stringify(cells) }).toString())
    const cells = rows.map((row) => row[3] ?? '')
    const after: string[] = []
    for (const cell of cells)
      after.push(Buffer.from((await rewrite(Buffer.from(cell), ['base64', 'perl'], REDACTOR)).bytes).toString())
    const expected = JSON.stringify(ask(cells), (_, value) =>
      typeof value === 'string' ? REDACTOR.text(value).text : value,
    )
    expect(ask(after)).toEqual(JSON.parse(expected))
    expect(
      after.every(
        (cell, index) =>
          (cell.endsWith('\n') &&
            cell.split('\n')[0]?.length === Math.min(76, cells[index]?.split('\n')[0]?.length ?? 0)) ||
          cell.length < 80,
      ),
    ).toBe(true)
  })
})

describe.skipIf(webmail === undefined)('Roundcube', () => {
  const sql = webmail ?? ''

  test('cards: as many as the truth counts, every property line still there', async () => {
    const rows = rowsOf(sql, 'contacts', true)
    const { rewritten, removed } = await rewriteAll(column(rows, 0, 7, 'vcard'))
    expect({ rewritten: rewritten.length, removed }).toEqual({ rewritten: 26, removed: [] })
    for (const row of rows) {
      const result = await rewrite(Buffer.from(row[7] ?? ''), ['vcard'], REDACTOR)
      const shape = (text: string): readonly string[] =>
        text.split('\r\n').map((line) => `${line.split(':')[0]} ${line.split(';').length}`)
      expect(shape(Buffer.from(result.bytes).toString())).toEqual(shape(row[7] ?? ''))
    }
  })

  test('caches and sessions: base64 of serialized PHP, lengths right, text behind it kept', async () => {
    const messages = await rewriteAll(column(rowsOf(sql, 'cache_messages', true), 2, 4, 'base64>php'))
    expect(messages.rewritten).toHaveLength(16)
    expect(messages.removed).toEqual([])
    for (const [table, key, cell] of [
      ['cache', 1, 3],
      ['cache_index', 1, 4],
    ] as const) {
      expect(await rewriteAll(column(rowsOf(sql, table, true), key, cell, 'base64>php'))).toMatchObject({
        rewritten: [],
        removed: [],
      })
    }
    const sessions = rowsOf(sql, 'session', true)
    expect(await rewriteAll(column(sessions, 0, 3, 'base64>php'))).toMatchObject({
      rewritten: [expect.any(String)],
      removed: [],
    })
  })

  test('every string of a rewritten cache has the length it declares', async () => {
    for (const row of rowsOf(sql, 'cache_messages', true)) {
      const result = await rewrite(Buffer.from(row[4] ?? ''), ['base64', 'php'], REDACTOR)
      if (result.outcome !== 'rewritten') continue
      const bytes = Buffer.from(Buffer.from(result.bytes).toString('latin1').split('@@')[0] ?? '', 'base64')
      let strings = 0
      for (let at = bytes.indexOf('s:'); at >= 0; at = bytes.indexOf('s:', at)) {
        const head = /^s:(\d+):"/.exec(bytes.toString('latin1', at, at + 16))
        if (head === null) {
          at += 2
          continue
        }
        const end = at + head[0].length + Number(head[1])
        expect(bytes.toString('latin1', end, end + 2)).toBe('";')
        strings++
        at = end + 2
      }
      expect(strings).toBeGreaterThan(20)
    }
  })
})
