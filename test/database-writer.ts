/** A process that writes to Kept's own database as fast as it can and tells each acknowledged act, to be killed at any moment. */
import { writeSync } from 'node:fs'
import { openDatabase } from '../src/database/open.ts'
import { fact } from '../src/language/facts.ts'
import { controller, executed, newRequest, received } from './database-acts.ts'

const [directory, url] = process.argv.slice(2) as [string, string | undefined]
// Written synchronously: what was told before the kill has been told.
const tell = (line: object) => writeSync(1, `${JSON.stringify(line)}\n`)

tell({ started: true })
const database = await openDatabase({ directory, controller, ...(url === undefined ? {} : { url }) })
tell({ open: true })

async function requests(): Promise<never> {
  for (;;) {
    const sealed = { email: 'ada@people.example', at: Date.now() }
    const [request] = await database.createRequests([newRequest(sealed)], (ids) => ids.map(received))
    if (request === undefined) throw new Error('one request was asked for')
    tell({ request: request.id, state: 'received', revision: 1, sealed })
    const hashes = Buffer.from(request.id)
    await database.change([{ id: request.id, revision: 1, state: 'executing' }], [executed(request.id)], {
      erased: [{ request: request.id, store: 'desk', table: 'users', key: 'k', hashBytes: 12, hashes }],
    })
    tell({ request: request.id, state: 'executing', revision: 2, erased: true, sealed })
    await database.change(
      [{ id: request.id, revision: 2, state: 'done' }],
      [fact('request.closed/1', { request: request.id, state: 'done' })],
    )
    tell({ request: request.id, state: 'done', revision: 3, erased: true })
  }
}

async function entries(): Promise<never> {
  for (let count = 0; ; count++) {
    const given = await database.append([executed('k7m2x9q4w8nd', count), executed('k7m2x9q4w8nd', count)])
    for (const { index, leaf } of given) tell({ index, leaf })
  }
}

await Promise.all([requests(), entries(), entries()])
