import { createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { canonicalJson } from '../../base/canonical-json.ts'
import type { Checkpoint } from '../../ledger.ts'
import type { Rotation } from './rotation.ts'

/** The form of a pack: a header line, then one line an entry; each canonical JSON (RFC 8785), each with its newline. */
export const packForm = 'evidence-pack/1'

/** First line of a pack. */
export interface PackHeader {
  readonly kept: typeof packForm
  readonly controller: string
  readonly size: number
  /** The signed note over the tree of exactly these entries. */
  readonly checkpoint: string
  /** C2SP verifier key the pack itself names; only a pinned one says who that is. */
  readonly verifier: string
  /** How earlier keys handed over, the first first; absent where the key was never replaced. */
  readonly rotations?: readonly Rotation[]
}

/** What a pack is made from: an open database, or anything that has its log. */
export interface PackSource {
  readonly controller: string
  readonly keys: { readonly verifier: string; readonly rotations?: readonly Rotation[] }
  checkpoint(): Promise<Checkpoint>
  lines(from?: number, to?: number): AsyncIterable<readonly [number, string]>
}

/** Writes the whole log as one canonical pack, in bounded memory; `out` appears only when it is complete and on the disk. */
export async function exportPack(source: PackSource, out: string): Promise<Checkpoint> {
  const checkpoint = await source.checkpoint()
  const unfinished = `${out}.unfinished`
  try {
    await pipeline(Readable.from(packChunks(source, checkpoint)), createWriteStream(unfinished, { mode: 0o600 }))
    const handle = await open(unfinished, 'r+')
    await handle.sync().finally(() => handle.close())
    await rename(unfinished, out)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
  return checkpoint
}

async function* packChunks(source: PackSource, checkpoint: Checkpoint): AsyncGenerator<string> {
  const { verifier, rotations = [] } = source.keys
  const header = {
    kept: packForm,
    controller: source.controller,
    size: checkpoint.size,
    checkpoint: checkpoint.note,
    verifier,
  } satisfies PackHeader
  const handed = rotations.map(({ key, note }) => ({ key, note }))
  let chunk = `${canonicalJson(handed.length === 0 ? header : { ...header, rotations: handed })}\n`
  for await (const [, line] of source.lines(0, checkpoint.size)) {
    chunk += `${line}\n`
    if (chunk.length < 262_144) continue
    yield chunk
    chunk = ''
  }
  if (chunk !== '') yield chunk
}
