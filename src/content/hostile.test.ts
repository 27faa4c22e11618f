/** Cells made to be slow: each codec stays near linear in a megabyte of its worst pieces. */
import { deflateRawSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { CodecName } from './limits.ts'
import { compileRedactor } from './redactor.ts'
import { readParts, rewrite } from './rewrite.ts'

const REDACTOR = compileRedactor(
  [
    ['email', 'marta.k@example.org'],
    ['name', 'Marta Zielińska'],
    ['phone', '+48 601 555 0147'],
  ].map(([kind = '', value = '']) => ({ kind, value, strong: true })),
)

const PIECES: readonly (readonly [CodecName, string, ...string[]])[] = [
  ['html', '', '<', '<a ="', '<!--', '<script>', '&#', '&amp', '<![CDATA[', '<a href=\'"', 'x<b>'],
  ['json', '', '"', '\\', '"\\u', '12345,', '{"a":', '[['],
  ['quoted-printable', '', '=', '= ', '=\n', '=4', '=C5'],
  ['base64', '', '= ', 'A =', '@@'],
  ['mime', '', 'a: b\n c\n', 'A: =?a?q?x?=\n', ' =?utf-8?b?eA==?=', 'X: y; filename="'],
  [
    'mime',
    'Content-Type: multipart/x; boundary=b\n\n',
    '--b\n',
    '--b\nContent-Type: multipart/x; boundary=b\n\n',
    '--bb\n',
  ],
  ['vcard', '', 'A;', 'A:\\', ' x\n', 'N;ENCODING=QUOTED-PRINTABLE:=\n', '"'],
  ['php', '', 'a:1:{', 's:9:"a:1:{', 'k|', 'O:1:"A":1:{s:1:"x";'],
  ['perl', '\u0005\u000b', '\u0004', '\u0002\0\0\0\u0001'],
  ['csv', '', '"', '""', ',', '"\n'],
  ['url', '', '%', '%%2', '+', '%41'],
  ['pdf', '%PDF-1.7 ', '>>stream', '(', '1 0 obj', '<', '/Font<<', '<</Filter/FlateDecode>>stream\nx endstream '],
  ['text', '', '\0', 'Marta ', '\uffff'],
]
const CASES = PIECES.flatMap(([codec, head, ...pieces]) => pieces.map((piece) => [codec, head, piece] as const))
/** Measured below 1 s alone; other tests and other people use the machine at the same time. */
const PATIENCE_MILLISECONDS = 8_000

test.each(CASES)('%s %j %j', async (codec, head, piece) => {
  const cell = Buffer.from(head + piece.repeat(Math.ceil(500_000 / piece.length)), codec === 'perl' ? 'latin1' : 'utf8')
  const begun = performance.now()
  await rewrite(cell, [codec], REDACTOR)
  for await (const part of readParts(cell, [codec])) expect(typeof part.text).toBe('string')
  expect(performance.now() - begun).toBeLessThan(PATIENCE_MILLISECONDS)
})

test('a ZIP of entries that lie over each other is refused', async () => {
  const data = deflateRawSync(Buffer.alloc(1000))
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50)
  local.writeUInt16LE(8, 8)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50)
  central.writeUInt16LE(8, 10)
  central.writeUInt32LE(data.length, 20)
  central.writeUInt32LE(1000, 24)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(2, 10)
  end.writeUInt32LE(92, 12)
  end.writeUInt32LE(30 + data.length, 16)
  const cell = Buffer.concat([local, data, central, central, end])
  const result = await rewrite(cell, ['zip'], REDACTOR)
  expect(result.outcome === 'removed' || (result.why ?? '').includes('over each other')).toBe(true)
})

test('what many layers unpack to counts together', async () => {
  const bomb = gzipSync(Buffer.alloc(900_000, 120))
  const limits = { decodedBytes: 1_000_000 }
  expect(await rewrite(bomb, ['gzip', 'text'], REDACTOR, limits)).toMatchObject({ outcome: 'unchanged' })
  expect(await rewrite(gzipSync(bomb), ['gzip', 'gzip', 'text'], REDACTOR, { decodedBytes: 900_100 })).toMatchObject({
    outcome: 'removed',
  })
})
