import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { Fault } from '../../language/fault.ts'
import { type Note, originOf, readNote, readVerifier, type Verifier } from './note.ts'
import type { PackHeader } from './pack.ts'
import { PackCrew } from './pack-crew.ts'
import { readHeader, readSince } from './pack-head.ts'
import { type CheckedChunk, type Chunk, chunkLines, type PackProblem } from './pack-lines.ts'
import { type ChainKey, keyChain } from './rotation.ts'
import { Frontier } from './tree.ts'

/** A longer line is no entry of Kept's; a chunk ends early when its lines are long. Both bound the memory. */
const longestLine = 8 * 1024 * 1024
const chunkBytes = 16 * 1024 * 1024
const mostProblems = 20

export interface VerifyOptions {
  /** C2SP verifier key (`name+id+base64`) that must have signed: got from the vendor by another way than the pack. */
  readonly key?: string
  /** An older checkpoint: its text, a file that holds it, or an older pack. */
  readonly since?: string
  /** Look at the hashes first and stop at the first thing wrong: a quick no, without its place. Default false. */
  readonly firstOnly?: boolean
}

/** What a pack shows. `ok` is true only where `problems` is empty. */
export interface Verification {
  readonly ok: boolean
  readonly controller?: string
  readonly size?: number
  readonly root?: string
  /** Verifier key whose signature was checked. */
  readonly signedBy?: string
  /** Keys that signed this log before it, the first first: each handed over to the next. */
  readonly earlierKeys?: readonly string[]
  /** Size of the older checkpoint that the pack was found to continue. */
  readonly continues?: number
  readonly problems: readonly PackProblem[]
  /** In words: what this check cannot show, and what would. */
  readonly cannotShow: readonly string[]
}

/**
 * Checks a pack offline: canonical form of every line, gap-free indices, controller, root and signature, the pinned key,
 * and that it continues an older checkpoint (RFC 9162). Faults: `evidence.cannot-read`, `evidence.bad-key`.
 */
export async function verifyPack(pack: string | Uint8Array, options: VerifyOptions = {}): Promise<Verification> {
  const pinned = options.key === undefined ? undefined : pinnedKey(options.key)
  const since = options.since === undefined ? undefined : await readSince(options.since)
  const crew = new PackCrew()
  try {
    const source = () =>
      typeof pack === 'string' ? createReadStream(pack, { highWaterMark: 1 << 20 }) : Readable.from([pack])
    if (options.firstOnly) {
      const hashed = await new PackReader(crew, pinned, since, false).read(source())
      if (!hashed.ok) return hashed
    }
    return await new PackReader(crew, pinned, since, true).read(source())
  } catch (error) {
    if (error instanceof Fault || (error as NodeJS.ErrnoException).code === undefined) throw error
    throw new Fault({
      code: 'evidence.cannot-read',
      what: 'The pack cannot be read.',
      mend: 'Give the file that `kept evidence export` wrote.',
      ...(typeof pack === 'string' ? { where: { file: pack } } : {}),
      cause: error,
    })
  } finally {
    await crew.close()
  }
}

function pinnedKey(key: string): Verifier {
  const verifier = readVerifier(key)
  if (verifier !== undefined) return verifier
  throw new Fault({
    code: 'evidence.bad-key',
    what: 'The given key is not a verifier key (name+id+base64, Ed25519).',
    mend: 'Give the key as `kept evidence export` or the vendor shows it.',
  })
}

class PackReader {
  readonly #crew: PackCrew
  readonly #pinned: Verifier | undefined
  readonly #since: { note: Note | undefined } | undefined
  /** Whether each line's form is checked, or its hash only. */
  readonly #form: boolean
  readonly #problems: PackProblem[] = []
  readonly #frontier = new Frontier()
  readonly #underWay: Promise<CheckedChunk>[] = []
  #given = 0
  /** Roots of the log at the sizes that something was signed over. */
  readonly #roots = new Map<number, Buffer>()
  #marks: readonly number[] = []
  #chain: readonly ChainKey[] = []
  #header: PackHeader | undefined

  constructor(
    crew: PackCrew,
    pinned: Verifier | undefined,
    since: { note: Note | undefined } | undefined,
    form: boolean,
  ) {
    this.#form = form
    this.#crew = crew
    this.#pinned = pinned
    this.#since = since
  }

  async read(source: AsyncIterable<Uint8Array>): Promise<Verification> {
    for await (const lines of this.#chunks(source)) {
      const end = this.#given + lines.count
      const chunk: Chunk = {
        bytes: lines.bytes,
        first: this.#given,
        controller: this.#header?.controller ?? '',
        form: this.#form,
        leaves: this.#marks.some((mark) => mark > this.#given && mark < end),
      }
      this.#given += lines.count
      const checked = this.#crew.check(chunk)
      checked.catch(() => undefined)
      this.#underWay.push(checked)
      while (this.#underWay.length > this.#crew.depth) await this.#take()
      if (this.#problems.length >= mostProblems) break
    }
    while (this.#underWay.length > 0) await this.#take()
    return this.#conclude()
  }

  /** Chunks of whole lines behind the header, cut where a subtree ends. */
  async *#chunks(source: AsyncIterable<Uint8Array>): AsyncGenerator<{ bytes: Uint8Array; count: number }> {
    let rest = Buffer.alloc(0)
    let scanned = 0
    let count = 0
    let end = 0
    for await (const piece of source) {
      rest = rest.length === 0 ? Buffer.from(piece) : Buffer.concat([rest, piece])
      for (;;) {
        const newline = rest.indexOf(10, scanned)
        if (newline < 0) break
        scanned = newline + 1
        if (this.#header === undefined) {
          this.#header = readHeader(rest.subarray(0, newline).toString('utf8'))
          if (this.#header === undefined) return
          this.#readChain(this.#header)
          rest = rest.subarray(scanned)
          scanned = 0
          continue
        }
        count++
        end = scanned
        if ((this.#given + count) % chunkLines === 0 || end > chunkBytes) {
          yield { bytes: new Uint8Array(rest.subarray(0, end)), count }
          rest = rest.subarray(end)
          scanned = 0
          count = 0
          end = 0
        }
      }
      scanned = rest.length
      if (rest.length - end > longestLine) {
        this.#say({ code: 'form', what: 'a line is longer than any entry', line: this.#given + count + 2 })
        return
      }
    }
    if (count > 0) yield { bytes: new Uint8Array(rest.subarray(0, end)), count }
    if (rest.length > end) this.#say({ code: 'form', what: 'the last line has no end', line: this.#given + 2 })
  }

  async #take(): Promise<void> {
    const checked = await (this.#underWay.shift() as Promise<CheckedChunk>)
    for (const problem of checked.problems) this.#say(problem)
    this.#markRoot()
    if (checked.root !== undefined) {
      this.#frontier.appendSubtree(Buffer.from(checked.root), checked.count)
      return
    }
    const leaves = Buffer.from(checked.leaves ?? []).toString('latin1')
    for (let at = 0; at < leaves.length; at += 32) {
      this.#markRoot()
      this.#frontier.append(leaves.slice(at, at + 32))
    }
  }

  /** Who may have signed is known before the entries come: where roots are to be held against notes. */
  #readChain({ controller, rotations = [], verifier }: PackHeader): void {
    const current = readVerifier(verifier)
    const chain = current && keyChain(originOf(controller), rotations, current)
    if (current !== undefined && chain === undefined)
      this.#say({ code: 'rotation', what: 'a key did not hand over to the one that follows it', line: 1 })
    this.#chain = chain ?? []
    const since = this.#since?.note?.head.size
    this.#marks = [...this.#chain.flatMap(({ until }) => until?.size ?? []), ...(since === undefined ? [] : [since])]
  }

  #markRoot(): void {
    const { size } = this.#frontier
    if (this.#marks.includes(size) && !this.#roots.has(size)) this.#roots.set(size, this.#frontier.root())
  }

  #conclude(): Verification {
    const header = this.#header
    if (header === undefined) {
      this.#say({ code: 'header', what: 'the first line is not the header of an evidence pack', line: 1 })
      return { ok: false, problems: this.#problems, cannotShow: [] }
    }
    const root = this.#frontier.root()
    this.#markRoot()
    const signer = this.#checkHead(header, root)
    const continues = this.#checkSince(signer)
    return {
      ok: this.#problems.length === 0,
      controller: header.controller,
      size: this.#frontier.size,
      root: root.toString('hex'),
      ...(signer === undefined ? {} : { signedBy: signer.key }),
      ...(this.#chain.length > 1 ? { earlierKeys: this.#chain.slice(0, -1).map(({ verifier }) => verifier.key) } : {}),
      ...(continues === undefined ? {} : { continues }),
      problems: this.#problems,
      cannotShow: this.#cannotShow(),
    }
  }

  /** Root, count, origin and signature of the checkpoint; returns the key whose signature holds. */
  #checkHead(header: PackHeader, root: Buffer): Verifier | undefined {
    const note = readNote(header.checkpoint)
    const named = readVerifier(header.verifier)
    if (note === undefined || note.head.origin !== originOf(header.controller) || note.head.size !== header.size) {
      this.#say({ code: 'header', what: 'the checkpoint does not belong to this header', line: 1 })
    }
    if (header.size !== this.#frontier.size) {
      this.#say({
        code: 'count',
        what: `the checkpoint is over ${header.size} entries, the pack has ${this.#frontier.size}`,
      })
    } else if (note !== undefined && !note.head.root.equals(root)) {
      this.#say({ code: 'root', what: 'the entries are not those that were signed: something was changed' })
    }
    if (named === undefined || named.key !== header.verifier || named.name !== note?.head.origin) {
      this.#say({ code: 'header', what: 'the key that the pack names is not a verifier key of this log', line: 1 })
      return undefined
    }
    if (!note.signedBy(named)) {
      this.#say({ code: 'signature', what: 'the signature of the checkpoint does not hold', line: 1 })
      return undefined
    }
    const pinned = this.#pinned?.key
    if (pinned !== undefined && pinned !== named.key && !this.#chain.some(({ verifier }) => verifier.key === pinned)) {
      this.#say({ code: 'key', what: 'the pack was signed with another key than the one given', line: 1 })
      return undefined
    }
    return this.#checkRotations() ? named : undefined
  }

  /** Each handing over is over a beginning of this very log: an old key cannot vouch for another history. */
  #checkRotations(): boolean {
    let holds = true
    for (const { until } of this.#chain) {
      if (until === undefined || this.#roots.get(until.size)?.equals(until.root)) continue
      holds = false
      this.#say({
        code: 'rotation',
        what: `the key that was replaced after ${until.size} entries signed others than these`,
        line: 1,
      })
    }
    return holds
  }

  #checkSince(signer: Verifier | undefined): number | undefined {
    if (this.#since === undefined) return undefined
    const { note } = this.#since
    if (note === undefined) {
      this.#say({ code: 'since', what: 'the older checkpoint is not a signed note' })
      return undefined
    }
    if (signer === undefined) return undefined
    const { size, root } = note.head
    const by = this.#chain.find(({ verifier }) => note.signedBy(verifier))
    if (note.head.origin !== signer.name || by === undefined) {
      this.#say({ code: 'since', what: 'the older checkpoint was not signed by a key of this log' })
      return undefined
    }
    if (by.until !== undefined && size > by.until.size) {
      this.#say({ code: 'since', what: 'the older checkpoint was signed with a key that had been replaced before' })
      return undefined
    }
    if (size > this.#frontier.size) {
      this.#say({
        code: 'cut-off',
        what: `the older checkpoint is over ${size} entries, the pack has only ${this.#frontier.size}`,
      })
      return undefined
    }
    const now = this.#roots.get(size)
    if (now === undefined || !now.equals(root)) {
      this.#say({
        code: 'rewritten',
        what: `the first ${size} entries are not those of the older checkpoint: history was rewritten`,
      })
      return undefined
    }
    return size
  }

  #cannotShow(): string[] {
    const words = []
    if (this.#pinned === undefined) {
      words.push(
        "Who signed it: the pack names its own key, and anybody can make one. Give the vendor's key with --key.",
      )
    }
    if (this.#since === undefined) {
      words.push(
        'That nothing was rewritten or cut off by who holds the key: give a checkpoint or pack kept from earlier with --since.',
      )
    }
    words.push(
      "When it happened: the times are those of the vendor's clock; no outside time stamp is part of the pack.",
    )
    return words
  }

  #say(problem: PackProblem): void {
    if (this.#problems.length < mostProblems) this.#problems.push(problem)
  }
}
