// The truth is sought by code of this test alone: what Kept finds, erases and proves is held against it.
import { readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import { BlobReader, TextWriter, ZipReader } from '@zip.js/zip.js'

/** One line of truth.json: where the subject's data lies, how written, in how many rows. */
export interface Location {
  readonly table: string
  readonly column: string
  readonly kind: string
  readonly encoding: string
  readonly rows: number
  readonly first: string
}

export function readTruth(file: URL): readonly Location[] {
  return JSON.parse(readFileSync(file, 'utf8')) as readonly Location[]
}

const literal = (text: string): RegExp => new RegExp(text.replace(/[.+]/g, '\\$&'), 'i')

/** How each kind of the truth is written in plain text. */
const spelt: Readonly<Record<string, RegExp>> = {
  birth: /1985-01-01/,
  email: /(?<![\w.+-])marta\.kowalczyk@example\.org(?![\w-]|\.\w)/i,
  former: /Marta Zielińska/,
  former_surname: /Zielińska/i,
  hostname: /LT-MARTAK-01/,
  ip: /203\.0\.113\.47/,
  name: /Marta Kowalczyk/,
  name_rev: /Kowalczyk[,;] ?Marta/i,
  nationalId: /85010112345/,
  phone: /\+48 601 555 0147/,
  serial: /SN-KW-7F3A91/i,
  street: /ul\. Złota 44\/12/,
  username: /(?<![\w-])martak(?![\w-])/,
}

export function patternOf(kind: string): RegExp {
  const found = kind.startsWith('alias:') ? literal(kind.slice('alias:'.length)) : spelt[kind]
  if (found === undefined) throw new Error(`truth.json has a kind that this test does not know: ${kind}`)
  return found
}

function quotedPrintable(text: string): string {
  const bytes: number[] = []
  const source = Buffer.from(text.replaceAll(/=\r?\n/g, ''))
  for (let at = 0; at < source.length; at++) {
    const digits = source.toString('latin1', at + 1, at + 3)
    if (source[at] === 0x3d && /^[0-9A-F]{2}$/i.test(digits)) {
      bytes.push(Number.parseInt(digits, 16))
      at += 2
    } else bytes.push(source[at] ?? 0)
  }
  return Buffer.from(bytes).toString('utf8')
}

async function zipTexts(bytes: Uint8Array): Promise<string> {
  const reader = new ZipReader(new BlobReader(new Blob([new Uint8Array(bytes)])))
  const texts: string[] = []
  for (const entry of await reader.getEntries()) {
    if (!entry.directory) texts.push(await entry.getData(new TextWriter()))
  }
  await reader.close()
  return texts.join('\n')
}

function pdfTexts(bytes: Buffer): string {
  const texts: string[] = []
  for (const match of bytes.toString('latin1').matchAll(/stream\r?\n([\s\S]*?)endstream/g)) {
    try {
      texts.push(inflateSync(Buffer.from(match[1] ?? '', 'latin1')).toString('latin1'))
    } catch {
      texts.push(match[1] ?? '')
    }
  }
  return texts.join('\n')
}

/** A cell in every way that the truth may name: as it stands, and decoded. */
export async function readings(cell: string): Promise<Readonly<Record<string, string>>> {
  const texts: Record<string, string> = { raw: cell, qp: quotedPrintable(cell) }
  if (!/^[A-Za-z0-9+/=\s]{24,}$/.test(cell)) return texts
  const bytes = Buffer.from(cell, 'base64')
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') {
    texts['base64>zip'] = await zipTexts(bytes)
    texts['base64>zip+tags'] = texts['base64>zip'].replaceAll(/<[^>]*>/g, '')
  }
  if (bytes.subarray(0, 4).toString('latin1') === '%PDF') texts['base64>pdf'] = pdfTexts(bytes)
  return texts
}

/** The simplest encoding in which a kind stands in a cell; undefined where it does not. */
export function encodingOf(texts: Readonly<Record<string, string>>, pattern: RegExp): string | undefined {
  return ['raw', 'qp', 'base64>zip', 'base64>zip+tags', 'base64>pdf'].find((name) => pattern.test(texts[name] ?? ''))
}
