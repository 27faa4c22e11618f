import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { exportPack } from '../src/database/evidence/pack.ts'
import { verifyPack } from '../src/database/evidence/verify.ts'
import type { KeptDatabase } from '../src/database/open.ts'
import { modes, newPlace, type Place } from './database-modes.ts'

const kills = 25
const writer = fileURLToPath(new URL('./database-writer.ts', import.meta.url))

interface Told {
  readonly open?: true
  readonly request?: string
  readonly state?: string
  readonly revision?: number
  readonly erased?: true
  readonly sealed?: { readonly email: string; readonly at: number }
  readonly index?: number
  readonly leaf?: string
}

/** Lets a writer run and kills it: while it opens, or a moment after so many acknowledged acts. Returns what it was told. */
async function writeAndKill(place: Place, round: number): Promise<Told[]> {
  const given = [writer, place.directory, ...(place.url === undefined ? [] : [place.url])]
  const child: ChildProcess = spawn(process.execPath, given, { stdio: ['ignore', 'pipe', 'inherit'] })
  const told: Told[] = []
  const opening = round % 5 === 4
  const acts = 5 + Math.floor(Math.random() * 60)
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })
  lines.on('line', (line) => {
    const one = JSON.parse(line) as Told & { started?: true }
    told.push(one)
    if (one.started && opening) setTimeout(() => child.kill('SIGKILL'), 20 + Math.random() * 800)
    if (told.length === acts && !opening) setTimeout(() => child.kill('SIGKILL'), Math.random() * 8)
  })
  await new Promise((resolve) => child.once('close', resolve))
  return told
}

async function expectAll(database: KeptDatabase, told: readonly Told[]): Promise<void> {
  const states = new Map<string, Told>()
  const leaves = new Map<number, string>()
  for (const one of told) {
    if (one.request !== undefined) states.set(one.request, one)
    if (one.index !== undefined) leaves.set(one.index, one.leaf as string)
  }
  for await (const entry of database.entries()) {
    const leaf = leaves.get(entry.index)
    if (leaf !== undefined) expect(entry.leaf).toBe(leaf)
    leaves.delete(entry.index)
  }
  expect([...leaves.keys()]).toEqual([])
  const erased = new Map<string, string>()
  for await (const rows of database.erasedRows('desk')) {
    expect(erased.has(rows.request)).toBe(false)
    erased.set(rows.request, Buffer.from(rows.hashes).toString())
  }
  for (const [id, one] of states) {
    const request = await database.request(id)
    expect(request?.revision).toBeGreaterThanOrEqual(one.revision as number)
    if (request?.revision === one.revision) expect(request?.state).toBe(one.state)
    if (one.erased) expect(erased.get(id)).toBe(id)
    const opened = await database.unseal(id)
    if (request?.state === 'done') expect(opened).toBeUndefined()
    else if (one.sealed !== undefined) expect(opened).toEqual(one.sealed)
  }
}

describe.each(modes)('killed at any moment, $name', (mode) => {
  it(`has every acknowledged record after each of ${kills} kills`, async () => {
    const place = await newPlace(mode)
    try {
      const told: Told[] = []
      let since: string | undefined
      for (let round = 0; round < kills; round++) {
        told.push(...(await writeAndKill(place, round)))
        const database = await place.open()
        try {
          await expectAll(database, told)
          const file = join(place.directory, 'pack')
          await exportPack(database, file)
          const verification = await verifyPack(file, {
            key: database.keys.verifier,
            ...(since === undefined ? {} : { since }),
          })
          expect(verification.problems).toEqual([])
          since = (await database.checkpoint()).note
        } finally {
          await database.close()
        }
      }
      expect(told.filter((one) => one.index !== undefined).length).toBeGreaterThan(100)
      expect(told.filter((one) => one.state === 'done').length).toBeGreaterThan(20)
    } finally {
      place.remove()
    }
  }, 300_000)
})
