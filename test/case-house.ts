/** A vendor with cases, on real databases, with a clock that tests move. */
import { join } from 'node:path'
import { type KeptDatabase, openDatabase } from '../src/database/open.ts'
import type { Intake, IntakeSettings } from '../src/intake/intake.ts'
import type { Letter } from '../src/letters.ts'
import { intakeOf } from '../src/workspace/intake.ts'
import { withWorkspace } from '../src/workspace/workspace.ts'
import { makeVendor, type Vendor, type VendorOptions } from './guarantees/vendor.ts'

export interface House {
  readonly vendor: Vendor
  readonly database: KeptDatabase
  readonly intake: Intake
  /** Sets the present. */
  at(instant: string): void
  /** Takes the letters that wait, as a mail server would that accepts everything. */
  letters(): Promise<readonly Letter[]>
  /** Types of the facts about a case, in order. */
  facts(id: string): Promise<readonly string[]>
}

export interface HouseOptions extends VendorOptions {
  readonly settings?: Partial<IntakeSettings>
  readonly policy?: (text: string) => string
}

/** Opens the vendor for the time of `use`, and takes everything away afterwards. */
export async function withHouse(
  name: string,
  options: HouseOptions,
  use: (house: House) => Promise<void>,
): Promise<void> {
  const vendor = await makeVendor(name, options)
  let now = new Date('2026-11-02T09:00:00Z')
  const clock = { now: () => now }
  const directory = join(vendor.folder, '.kept')
  const own = vendor.env.KEPT_DATABASE_URL
  if (options.policy !== undefined) {
    const { readFileSync, writeFileSync } = await import('node:fs')
    const file = join(vendor.folder, 'kept.yaml')
    writeFileSync(file, options.policy(readFileSync(file, 'utf8')))
  }
  const database = await openDatabase({
    directory,
    controller: 'Larkspur Software Ltd',
    clock,
    ...(own === undefined ? {} : { url: own }),
  })
  const surroundings = { cwd: vendor.folder, env: vendor.env, err: () => {}, database: { directory, opened: database } }
  try {
    await withWorkspace(surroundings, { policy: 'kept.yaml', data: '.kept' }, {}, async (workspace) => {
      const engine = { ...workspace.engine, now: clock.now }
      const settings = { directory: join(directory, 'copies'), publicUrl: 'https://privacy.larkspur.example' }
      const intake = intakeOf({ ...workspace, engine }, { ...settings, ...options.settings })
      await use({
        vendor,
        database,
        intake,
        at: (instant) => {
          now = new Date(instant)
        },
        letters: async () => {
          const due = await database.letters.due(100)
          for (const { record } of due) await database.letters.accepted(record.id, { code: 250 })
          return due.map(({ letter }) => letter)
        },
        facts: async (id) => {
          const types: string[] = []
          for await (const { type, body } of database.entries()) {
            if (body.case === id) types.push(type === 'case.step/1' ? String(body.step) : type)
          }
          return types
        },
      })
    })
  } finally {
    await database.close()
    await vendor.close()
  }
}

/** The secret at the end of the link in a letter. */
export function secretIn(letter: Letter | undefined): string {
  return /\/(?:confirm|case)\/([0-9a-z]{32})/.exec(letter?.text ?? '')?.[1] ?? ''
}

/** The code in a letter. */
export function codeIn(letter: Letter | undefined): string {
  return /\b(\d{4} \d{4})\b/.exec(letter?.text ?? '')?.[1] ?? ''
}
