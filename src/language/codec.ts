/** How a cell may be encoded, as a store map names it; several in order of decoding: `base64>zip`. */
export const codecNames = [
  'quoted-printable',
  'base64',
  'base64url',
  'hex',
  'deflate',
  'gzip',
  'zip',
  'docx',
  'xlsx',
  'pptx',
  'odt',
  'pdf',
  'php',
  'perl',
  'python',
  'vcard',
  'icalendar',
  'mime',
  'html',
  'url',
  'json',
  'xml',
] as const

export type CodecName = (typeof codecNames)[number]
