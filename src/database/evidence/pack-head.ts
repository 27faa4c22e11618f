import { open } from 'node:fs/promises'
import { parseCanonical } from '../../base/canonical-json.ts'
import { Fault } from '../../language/fault.ts'
import { type Note, readNote } from './note.ts'
import { type PackHeader, packForm } from './pack.ts'
import { mostRotations, type Rotation } from './rotation.ts'

/** The older checkpoint: a note, or the header of an older pack. Undefined note: it is neither. */
export async function readSince(since: string): Promise<{ note: Note | undefined }> {
  let text = since
  if (!since.includes('\n')) {
    const handle = await open(since, 'r').catch((cause: unknown) => {
      throw new Fault({
        code: 'evidence.cannot-read',
        what: 'The older checkpoint cannot be read.',
        mend: 'Give a file with a signed checkpoint, or an older pack.',
        where: { file: since },
        cause,
      })
    })
    try {
      const head = Buffer.alloc(131_072)
      const { bytesRead } = await handle.read(head, 0, head.length, 0)
      text = head.subarray(0, bytesRead).toString('utf8')
    } finally {
      await handle.close()
    }
  }
  if (!text.startsWith('{')) return { note: readNote(text) }
  const header = readHeader(text.slice(0, text.indexOf('\n')))
  return { note: header && readNote(header.checkpoint) }
}

const plain = 'checkpoint,controller,kept,size,verifier'
const rotated = 'checkpoint,controller,kept,rotations,size,verifier'

function areRotations(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0 || value.length > mostRotations) return false
  return value.every((one: Rotation | null) => {
    if (typeof one !== 'object' || one === null || Object.keys(one).join() !== 'key,note') return false
    return typeof one.key === 'string' && typeof one.note === 'string'
  })
}

/** The header of a pack; undefined where the line is none, or not in its canonical form. */
export function readHeader(line: string): PackHeader | undefined {
  const header = parseCanonical(line) as unknown as PackHeader | undefined
  if (typeof header !== 'object' || header === null || header.kept !== packForm) return undefined
  const members = Object.keys(header).join()
  const { rotations } = header
  if (rotations === undefined ? members !== plain : members !== rotated || !areRotations(rotations)) return undefined
  const texts = [header.checkpoint, header.controller, header.verifier]
  return texts.every((text) => typeof text === 'string') && Number.isSafeInteger(header.size) ? header : undefined
}
