/** The table of codecs, one a name; how a store map spells a chain of them. */
import { card } from './card.ts'
import { deflate, gzip } from './deflate.ts'
import type { CodecName } from './limits.ts'
import { html } from './markup.ts'
import { mime } from './mime.ts'
import { pdf } from './pdf.ts'
import { perl } from './perl.ts'
import { php } from './php.ts'
import { quotedPrintable } from './quoted-printable.ts'
import { csv, json } from './structured.ts'
import { text } from './text.ts'
import { base64, hex, url } from './transfer.ts'
import type { Codec as Layer } from './walk.ts'
import { zip } from './zip.ts'

export const CODECS: Readonly<Record<CodecName, Layer>> = {
  text,
  'quoted-printable': quotedPrintable,
  base64,
  hex,
  html,
  json,
  url,
  mime,
  vcard: card,
  icalendar: card,
  zip,
  docx: zip,
  xlsx: zip,
  odt: zip,
  pdf,
  gzip,
  deflate,
  php,
  perl,
  csv,
}

/** A cell's encoding: one codec or a chain from the outside in, e.g. `['base64', 'zip']`; `auto` sniffs each layer. */
export type Codec = readonly CodecName[] | 'auto'

/** Other names under which a content encoding or type is kept beside a cell (RFC 2045 6.1; Request Tracker; file types). */
const SPELLINGS: Readonly<Record<string, CodecName>> = {
  '': 'text',
  none: 'text',
  '7bit': 'text',
  '8bit': 'text',
  binary: 'text',
  plain: 'text',
  identity: 'text',
  utf8: 'text',
  'utf-8': 'text',
  qp: 'quoted-printable',
  'x-gzip': 'gzip',
  zlib: 'deflate',
  xml: 'html',
  xhtml: 'html',
  vcf: 'vcard',
  ics: 'icalendar',
  ical: 'icalendar',
  eml: 'mime',
  rfc822: 'mime',
  storable: 'perl',
  serialize: 'php',
  percent: 'url',
  ods: 'odt',
  odp: 'odt',
  pptx: 'docx',
  base64url: 'base64',
  tsv: 'csv',
}

/**
 * Reads how a store map or a column beside the cell spells an encoding: `base64>zip`, `quoted-printable`, `none`, `auto`.
 * Any letter case. `undefined` when a name is not known.
 */
export function parseCodec(spelling: string): Codec | undefined {
  const names = spelling.split('>').map((name) => name.trim().toLowerCase())
  if (names.length === 1 && names[0] === 'auto') return 'auto'
  const codecs: CodecName[] = []
  for (const name of names) {
    if (name === '' && names.length > 1) return undefined
    const codec = Object.hasOwn(SPELLINGS, name) ? SPELLINGS[name] : isCodecName(name) ? name : undefined
    if (codec === undefined) return undefined
    codecs.push(codec)
  }
  return codecs
}

function isCodecName(name: string): name is CodecName {
  return Object.hasOwn(CODECS, name)
}
