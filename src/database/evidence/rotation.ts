import { type Note, readNote, readVerifier, type Signer, signText, type TreeHead, type Verifier } from './note.ts'

/**
 * One signing key hands over to the next: the replaced key's last checkpoint with one more line, `next KEY` (C2SP
 * tlog-checkpoint allows such lines), so that who trusts the old key may trust the new one, from that size on.
 */
export interface Rotation {
  /** C2SP verifier key of the replaced key. */
  readonly key: string
  /** The signed note. */
  readonly note: string
}

/** More than this would be a key every week for twenty years; the header of a pack stays readable in one piece. */
export const mostRotations = 200

/** The last thing that a key signs. */
export function endorse(head: TreeHead, old: Signer, next: Verifier): Rotation {
  const text = `${head.origin}\n${head.size}\n${head.root.toString('base64')}\nnext ${next.key}\n`
  return { key: old.key, note: signText(text, old) }
}

/** A key of the log with the size up to which it signed; undefined size: it signs still. */
export interface ChainKey {
  readonly verifier: Verifier
  readonly until?: TreeHead
}

/**
 * The keys of a log in order, the current one last. Undefined where a link does not hold: a note that its key did not
 * sign, that names another key than the one that follows, that is of another log, or that goes back.
 */
export function keyChain(origin: string, rotations: readonly Rotation[], current: Verifier): ChainKey[] | undefined {
  const chain: ChainKey[] = []
  let size = 0
  for (const [index, { key, note }] of rotations.entries()) {
    const verifier = readVerifier(key)
    const signed = readNote(note)
    const next = rotations[index + 1]?.key ?? current.key
    if (verifier === undefined || verifier.key !== key || verifier.name !== origin) return undefined
    if (signed === undefined || !isEndorsement(signed, next) || !signed.signedBy(verifier)) return undefined
    if (signed.head.origin !== origin || signed.head.size < size) return undefined
    size = signed.head.size
    chain.push({ verifier, until: signed.head })
  }
  chain.push({ verifier: current })
  const distinct = new Set(chain.map(({ verifier }) => verifier.key))
  return distinct.size === chain.length ? chain : undefined
}

function isEndorsement({ text, head }: Note, next: string): boolean {
  return text === `${head.origin}\n${head.size}\n${head.root.toString('base64')}\nnext ${next}\n`
}
