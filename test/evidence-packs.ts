/** Evidence packs made without a database, for tests that break them. */
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canonicalJson } from '../src/base/canonical-json.ts'
import { makeSigner, originOf, type Signer, signNote } from '../src/database/evidence/note.ts'
import { exportPack, type PackSource } from '../src/database/evidence/pack.ts'
import { Frontier, leafHash } from '../src/database/evidence/tree.ts'

export const controller = 'Larkspur Software Ltd'

export function newSigner(name = originOf(controller)): Signer {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  return makeSigner(name, pem)
}

export const signer = newSigner()

export function entryLine(index: number, rows = index): string {
  const body = { request: 'k7m2x9q4w8nd', store: 'desk', tables: [{ rows, table: 'tickets' }] }
  return canonicalJson({ at: '2026-11-22T10:00:00.000Z', body, controller, index, type: 'request.executed/1' })
}

export function sourceOf(lines: readonly string[], by: Signer = signer, size = lines.length): PackSource {
  const frontier = new Frontier()
  for (const line of lines.slice(0, size)) frontier.append(leafHash(line))
  const head = { origin: originOf(controller), size, root: frontier.root() }
  return {
    controller,
    keys: { verifier: by.key },
    checkpoint: async () => ({ size, root: head.root.toString('hex'), note: signNote(head, by) }),
    async *lines(from = 0, to = lines.length) {
      for (let at = from; at < to; at++) yield [at, lines[at] as string] as const
    },
  }
}

export const grown = (size: number) => Array.from({ length: size }, (_, at) => entryLine(at))

export async function packOf(source: PackSource): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'kept-pack-'))
  try {
    const file = join(folder, 'pack')
    await exportPack(source, file)
    return readFileSync(file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
