/** The pages' examples are run as they stand, one page after the other in one folder, against a real server. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT } from './checkout.ts'
import { blocksOf, commandsOf, missingLine, type Ran, shell, writeBlock } from './docs-console.ts'
import { serverRan, startPostgres } from './postgres.ts'

const PAGES = [
  'docs/getting-started.md',
  // Before the pages that erase the people it writes to.
  'docs/cases.md',
  'docs/identity.md',
  'docs/import.md',
  'docs/requests.md',
  'docs/evidence.md',
  'docs/status.md',
  'docs/retention.md',
  'docs/corrections.md',
  'docs/stores.md',
  'docs/operation.md',
  'docs/server.md',
  'docs/notice.md',
  'docs/versions.md',
  'docs/exchange.md',
  'docs/discovery.md',
  'docs/closed-world.md',
  'docs/staff.md',
  'docs/mail.md',
  'README.md',
]
const MINUTES = 60_000

let folder: string
let port: string
let run: (command: string) => Promise<Ran>
let stop: () => Promise<void>

beforeAll(async () => {
  const server = await startPostgres()
  serverRan(server.version)
  stop = server.stop
  port = new URL(server.url()).port
  folder = mkdtempSync(join(tmpdir(), 'kept-docs-'))
  const bin = join(folder, '.bin')
  mkdirSync(bin)
  const kept = join(bin, 'kept')
  writeFileSync(kept, `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, 'bin', 'kept.js')}" "$@"\n`)
  chmodSync(kept, 0o755)
  const path = [bin, server.bin, dirname(process.execPath), process.env.PATH ?? ''].join(delimiter)
  const home = process.env.HOME ?? folder
  run = shell(folder, {
    PATH: path,
    HOME: home,
    PGHOST: '127.0.0.1',
    PGPORT: port,
    PGUSER: 'postgres',
    LC_ALL: 'C.UTF-8',
  })
}, 2 * MINUTES)

afterAll(async () => {
  await stop?.()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

/** `ID` is the request or case of the step before; the server of the tests listens at a port of its own. */
let id = 'ID'
function typed(command: string): string {
  return command
    .replaceAll(/\bID\b/g, id)
    .replaceAll('@localhost/', `@127.0.0.1:${port}/`)
    .replaceAll('npx kept', 'kept')
    .replace('npm start -- --exit', `node ${join(ROOT, 'demo', 'start.ts')} --exit --folder larkspur`)
}

test.each(PAGES)(
  'the examples of %s print what the page shows',
  async (page) => {
    const failures: string[] = []
    let commands = 0
    for (const block of blocksOf(readFileSync(join(ROOT, page), 'utf8'))) {
      writeBlock(folder, block)
      if (block.language !== 'console') continue
      for (const { command, line, code, expected } of commandsOf(block)) {
        commands += 1
        const ran = await run(typed(command))
        id = /^(?:Request|Case) (\w{12}):/m.exec(ran.output)?.[1] ?? id
        const missing = missingLine(
          expected.map((one) => one.replaceAll(/\bID\b/g, id)),
          ran.output,
        )
        if (ran.code === code && missing === undefined) continue
        const why = missing === undefined ? `it ended with ${ran.code}` : `it does not print: ${missing}`
        failures.push(`${page}:${line}: $ ${command}\n${why}\n--- it printed:\n${ran.output}`)
      }
    }
    expect(commands, 'the page has examples to run').toBeGreaterThan(0)
    expect(failures.join('\n\n')).toBe('')
  },
  10 * MINUTES,
)

test('a page that shows what is not printed is caught', () => {
  expect(missingLine(['a  b', '…', 'the … end'], 'a b\nmore\nthe very end')).toBeUndefined()
  expect(missingLine(['second', 'first'], 'first\nsecond')).toBe('first')
  expect(missingLine(['3 rows'], '13 rows')).toBe('3 rows')
  const [block] = blocksOf('```console\n$ kept check  # ends with 1\n1 error\n$ ls\n```\n')
  if (!block) throw new Error('no block was read')
  expect(commandsOf(block)).toMatchObject([
    { code: 1, expected: ['1 error'], line: 2 },
    { command: 'ls', line: 4 },
  ])
})
