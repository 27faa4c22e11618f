/** Mail (RFC 5322, RFC 2045–2047): headers, every part by its own encoding, type and character set, nested messages. */
import { type Edit, shifted } from './edit.ts'
import { type CodecName, Uncleared } from './limits.ts'
import { type Field, fieldsOf, headerEdits, lineEnd, mainValue, parameterOf } from './mime-header.ts'
import { codecOf } from './sniff.ts'
import type { At, Codec, Walk } from './walk.ts'

/** Signed or encrypted as a whole: what is changed inside no longer verifies, and what is encrypted cannot be read. */
const SIGNED = /^multipart\/signed$/
const SEALED = /^(?:application\/(?:x-)?pkcs7-mime|multipart\/encrypted|application\/pgp-encrypted)$/
const PGP_SIGNED = '-----BEGIN PGP SIGNED MESSAGE-----'
const PGP_ENCRYPTED = '-----BEGIN PGP MESSAGE-----'

interface Entity {
  readonly fields: readonly Field[]
  readonly body: number
  readonly type: string
  readonly encoding: string
  readonly content: Field | undefined
}

function entityOf(message: Buffer): Entity {
  const { fields, body } = fieldsOf(message)
  const named = (name: string): Field | undefined => fields.find((field) => field.name === name)
  const content = named('content-type')
  const type = mainValue(content)
  return {
    fields,
    body,
    type: type === '' ? 'text/plain' : type,
    encoding: mainValue(named('content-transfer-encoding')),
    content,
  }
}

function fileName(entity: Entity): string {
  const disposition = entity.fields.find((field) => field.name === 'content-disposition')
  return parameterOf(disposition, 'filename') ?? parameterOf(entity.content, 'name') ?? ''
}

/** Positions of the parts of a multipart body: between boundary lines, without the line end before each (RFC 2046, 5.1.1). */
function partsOf(
  body: Buffer,
  boundary: string,
  walk: Walk,
): { parts: { start: number; end: number }[]; rest: { start: number; end: number }[] } {
  const marker = Buffer.from(`--${boundary}`, 'latin1')
  const parts: { start: number; end: number }[] = []
  let preambleEnd = body.length
  let start = -1
  let after = body.length
  for (let index = body.indexOf(marker); index >= 0; index = body.indexOf(marker, index + marker.length)) {
    if (index > 0 && body[index - 1] !== 0x0a) continue
    const end = lineEnd(body, index)
    const tail = body.toString('latin1', index + marker.length, Math.min(end, index + marker.length + 100))
    if (!/^(?:--)?[ \t]*(?:\r?\n|$)/.test(tail) && !tail.startsWith('--')) continue
    const before = index - (body[index - 2] === 0x0d ? 2 : index > 0 ? 1 : 0)
    if (start < 0) preambleEnd = index
    else parts.push({ start, end: Math.max(start, before) })
    walk.entry()
    start = end
    if (tail.startsWith('--')) {
      after = end
      start = -1
      break
    }
  }
  if (start >= 0) parts.push({ start, end: body.length })
  const rest = [
    { start: 0, end: preambleEnd },
    { start: after, end: body.length },
  ]
  return { parts, rest: rest.filter((stretch) => stretch.end > stretch.start) }
}

/** What lies in a leaf: its codec chain from the transfer encoding inwards, and its character set. */
function leaf(body: Buffer, entity: Entity, at: At, walk: Walk): readonly Edit[] {
  const charset = parameterOf(entity.content, 'charset')
  const inner: At = { ...at, ...(charset === undefined ? {} : { charset }) }
  const transfer: CodecName | undefined =
    entity.encoding === 'base64' || entity.encoding === 'quoted-printable' ? entity.encoding : undefined
  if (transfer === undefined)
    return walk.guessed(body, { ...inner, rest: [] }, codecOf(body, fileName(entity), entity.type))
  const sample = decodedHead(body, transfer)
  return walk.open(body, { ...inner, rest: [codecOf(sample, fileName(entity), entity.type)] }, transfer)
}

/** Enough of a part to know its signature. */
function decodedHead(body: Buffer, transfer: CodecName): Buffer {
  const head = body.toString('latin1', 0, 4096)
  return transfer === 'base64' ? Buffer.from(head, 'base64') : Buffer.from(head.replace(/=\r?\n/g, ''), 'latin1')
}

function bodyEdits(body: Buffer, entity: Entity, at: At, walk: Walk): readonly Edit[] {
  if (body.length === 0) return []
  const boundary = entity.type.startsWith('multipart/') ? parameterOf(entity.content, 'boundary') : undefined
  if (boundary === undefined || boundary === '') return leaf(body, entity, at, walk)
  const { parts, rest } = partsOf(body, boundary, walk)
  const outside = rest.flatMap(({ start, end }) => shifted(walk.text(body.subarray(start, end), at), start))
  const inside = parts.flatMap(({ start, end }, index) => {
    const path = { ...at, path: `${at.path}:${index + 1}`, place: `${at.place}#${index + 1}` }
    return shifted(walk.open(body.subarray(start, end), path, 'mime'), start)
  })
  return [...outside, ...inside]
}

/** A body that cannot be rewritten becomes the replacement as plain text; the other header fields stay. */
function removedBody(message: Buffer, entity: Entity, walk: Walk): readonly Edit[] {
  const newline = message.includes('\r\n') ? '\r\n' : '\n'
  const own = entity.fields.filter((field) => /^content-(?:type|transfer-encoding|disposition)$/.test(field.name))
  const edits: Edit[] = own.map((field) => ({
    start: field.start,
    end: field.end,
    bytes: Buffer.from(field === entity.content ? `Content-Type: text/plain; charset=utf-8${newline}` : ''),
  }))
  return [
    ...edits,
    { start: entity.body, end: message.length, bytes: Buffer.concat([walk.replacement, Buffer.from(newline)]) },
  ]
}

/** Signed and encrypted bodies, also PGP's inline form: a hit removes what is signed, and what is encrypted always goes. */
function sealedEdits(body: Buffer, entity: Entity, at: At, walk: Walk): readonly Edit[] {
  const start = body.toString('latin1', 0, 4096).trimStart()
  if (!walk.reading && SEALED.test(entity.type) && !/smime-type="?signed-data/i.test(entity.content?.value ?? '')) {
    throw new Uncleared('an encrypted mail part')
  }
  if (!walk.reading && start.startsWith(PGP_ENCRYPTED)) throw new Uncleared('an encrypted mail part')
  const edits = bodyEdits(body, entity, at, walk)
  const signed = SIGNED.test(entity.type) || SEALED.test(entity.type) || start.startsWith(PGP_SIGNED)
  if (signed && edits.length > 0) throw new Uncleared('a signed mail part', true)
  return edits
}

export const mime: Codec = (cell, at, walk) => {
  const message = Buffer.from(cell.buffer, cell.byteOffset, cell.length)
  const entity = entityOf(message)
  const body = message.subarray(entity.body)
  const header =
    entity.fields.length === 0 ? [] : headerEdits(message, entity.fields, { ...at, path: `${at.path}:header` }, walk)
  const opening = message.subarray(0, entity.fields[0]?.start ?? 0)
  const envelope = walk.text(opening, at)
  const inside = walk.part(
    () => shifted(sealedEdits(body, entity, at, walk), entity.body),
    at,
    () => removedBody(message, entity, walk),
  )
  const emptied = inside.filter((edit) => edit.end <= entity.body && edit.start < entity.body)
  const kept = header.filter((edit) => !emptied.some((other) => edit.start >= other.start && edit.end <= other.end))
  return [...envelope, ...kept, ...inside]
}
