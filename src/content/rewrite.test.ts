import { deflateRawSync, deflateSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { parseCodec } from './codecs.ts'
import { compileRedactor } from './redactor.ts'
import { type Part, type Rewritten, readParts, rewrite } from './rewrite.ts'

const IDENTIFIERS = [
  ['email', 'marta.k@example.org'],
  ['name', 'Marta Zielińska'],
  ['phone', '+48 601 555 0147'],
  ['login', 'martak'],
  ['national-id', '85010112345'],
].map(([kind = '', value = '']) => ({ kind, value, strong: true }))
const REDACTOR = compileRedactor(IDENTIFIERS)

async function run(cell: string | Uint8Array, spelling: string): Promise<Rewritten & { text: string }> {
  const codec = parseCodec(spelling)
  if (codec === undefined) throw new Error(spelling)
  const result = await rewrite(Buffer.from(cell), codec, REDACTOR)
  return { ...result, text: Buffer.from(result.bytes).toString() }
}

async function parts(cell: string | Uint8Array, spelling: string): Promise<readonly Part[]> {
  const found: Part[] = []
  for await (const part of readParts(Buffer.from(cell), parseCodec(spelling) ?? 'auto')) found.push(part)
  return found
}

/** One line a case: codec, cell, what it becomes. */
const CASES: readonly (readonly [string, string, string])[] = [
  ['text', 'Dear Marta Zielińska,\r\nbye\0', 'Dear [erased],\r\nbye\0'],
  ['', 'martak', '[erased]'],
  ['quoted-printable', 'Dear Marta Zieli=C5=84s=\nka, a=3Db=20\n=3d', 'Dear [erased]=\n, a=3Db=20\n=3d'],
  ['quoted-printable', 'martak=\r\n\r\nx =C5=84', '[erased]=\r\n\r\nx =C5=84'],
  ['html', '<p>M<b>arta</b> Zieli&nacute;ska &amp; <i>x</i>', '<p>[erased]<b></b> &amp; <i>x</i>'],
  [
    'html',
    '<a href="mailto:marta.k%40example.org" title=\'Marta Zieli&#324;ska\'>x</a>',
    '<a href="mailto:[erased]" title=\'[erased]\'>x</a>',
  ],
  ['html', '<!-- martak --><td>Marta</td><td>Zielińska</td>', '<!-- [erased] --><td>[erased]</td><td></td>'],
  [
    'html',
    '<script>if (a<b) u="martak"</script>&lt;marta.k@example.org&gt;',
    '<script>if (a<b) u="[erased]"</script>&lt;[erased]&gt;',
  ],
  ['html', '<x><![CDATA[Marta Zielińska <b>]]></x>', '<x><![CDATA[[erased] <b>]]></x>'],
  [
    'json',
    '{ "a": 1.000000000000000000001, "marta.k@example.org" : ["Marta Zieli\\u0144ska"] }',
    '{ "a": 1.000000000000000000001, "[erased]" : ["[erased]"] }',
  ],
  [
    'json',
    '{"phone":48601555,"n":85010112345,"m":185010112345,"q":"\\"martak\\""}',
    '{"phone":48601555,"n":null,"m":185010112345,"q":"\\"[erased]\\""}',
  ],
  ['json>html', '{"b":"M<b>arta<\\/b> Zieli&#324;ska"}', '{"b":"[erased]<b><\\/b>"}'],
  ['url', 'n=Marta+Zieli%C5%84ska&x=%20&e=marta.k%40example.org', 'n=%5Berased%5D&x=%20&e=%5Berased%5D'],
  [
    'csv',
    'id,given,family\r\n1,Marta,Zielińska\r\n2,"x ""martak"" y",z\r\n',
    'id,given,family\r\n1,[erased],\r\n2,"x ""[erased]"" y",z\r\n',
  ],
  [
    'vcard',
    'BEGIN:VCARD\r\nN:Zielińska;Marta;;;\r\nNOTE:a\\, Marta\\nZieli\r\n ńska\\;\r\nEND:VCARD\r\n',
    'BEGIN:VCARD\r\nN:[erased];;;;\r\nNOTE:a\\, [erased]\r\n \\;\r\nEND:VCARD\r\n',
  ],
  [
    'vcard',
    'FN;CHARSET=ISO-8859-2;ENCODING=QUOTED-PRINTABLE:Marta=20=\r\nZieli=F1ska\r\nX:1',
    'FN;CHARSET=ISO-8859-2;ENCODING=QUOTED-PRINTABLE:[erased]=\r\n\r\nX:1',
  ],
  [
    'icalendar',
    'ATTENDEE;CN="Marta Zielińska";X=1:mailto:marta.k@exam\r\n\tple.org\r\n',
    'ATTENDEE;CN="[erased]";X=1:mailto:[erased]\r\n\t\r\n',
  ],
  ['php', 'a:2:{s:4:"name";s:16:"Marta Zielińska";i:0;i:85010112345;}', 'a:2:{s:4:"name";s:8:"[erased]";i:0;i:0;}'],
  [
    'php',
    'O:4:"User":1:{s:8:"\0*\0login";s:6:"martak";}@@0@17',
    'O:4:"User":1:{s:8:"\0*\0login";s:8:"[erased]";}@@0@17',
  ],
  ['php', 's:27:"a:1:{i:0;s:6:"martak";}    ";', 's:29:"a:1:{i:0;s:8:"[erased]";}    ";'],
  ['php', 'user|s:6:"martak";x|a:1:{s:1:"k";N;}', 'user|s:8:"[erased]";x|a:1:{s:1:"k";N;}'],
  ['php', 'C:3:"Set":13:{s:6:"martak";}', 'C:3:"Set":15:{s:8:"[erased]";}'],
]

describe('a cell is rewritten, all else stays', () => {
  test.each(CASES)('%s %j', async (codec, cell, left) => {
    const result = await run(cell, codec)
    expect(result.text).toBe(left)
    expect(result.outcome).toBe('rewritten')
    expect(result.replaced).toBeGreaterThan(0)
    expect((await parts(result.bytes, codec)).filter((part) => REDACTOR.matches(part.text))).toEqual([])
  })

  test('base64 keeps its width, line ends, alphabet and what follows it', async () => {
    const text = `${'A line about nothing. '.repeat(8)}martak${' And one more line, '.repeat(8)}`
    for (const [width, newline, ending] of [
      [76, '\n', '\n'],
      [64, '\r\n', ''],
      [1000, '\n', '\n'],
    ] as const) {
      const encode = (plain: string): string =>
        (
          Buffer.from(plain)
            .toString('base64')
            .match(new RegExp(`.{1,${width}}`, 'g')) ?? []
        ).join(newline) + ending
      expect((await run(encode(text), 'base64')).text).toBe(encode(text.replace('martak', '[erased]')))
    }
    const url = Buffer.from('??>>martak').toString('base64url')
    expect((await run(url, 'base64')).text).toBe(Buffer.from('??>>[erased]').toString('base64url'))
    expect((await run(`${Buffer.from('martak').toString('base64')}@@0@17`, 'base64')).text).toBe('W2VyYXNlZF0=@@0@17')
    expect((await run('not base64 at all: martak', 'base64')).text).toBe('not base64 at all: [erased]')
  })

  test('hexadecimal keeps its prefix and letter case', async () => {
    const hex = Buffer.from('o martak').toString('hex')
    expect((await run(`\\x${hex}`, 'hex')).text).toBe(`\\x${Buffer.from('o [erased]').toString('hex')}`)
    expect((await run(hex.toUpperCase(), 'hex')).text).toBe(Buffer.from('o [erased]').toString('hex').toUpperCase())
  })

  test('quoted-printable lines stay within 76 characters', async () => {
    const line = `${'x'.repeat(70)} mar=\ntak ${'=C5=84'.repeat(11)}=\nend`
    const { text } = await run(line, 'quoted-printable')
    expect(Math.max(...text.split('\n').map((one) => one.length))).toBeLessThanOrEqual(76)
    expect(text.replaceAll('=\n', '')).toBe(line.replaceAll('=\n', '').replace('martak', '[erased]'))
  })

  test('compressed cells', async () => {
    expect(gunzipSync((await run(gzipSync('hi martak'), 'gzip')).bytes).toString()).toBe('hi [erased]')
    expect(inflateSync((await run(deflateSync('hi martak'), 'deflate')).bytes).toString()).toBe('hi [erased]')
    const raw = await run(deflateRawSync('hi martak '.repeat(50)), 'deflate')
    expect(raw.outcome).toBe('rewritten')
    expect((await parts(raw.bytes, 'deflate'))[0]?.text).toBe('hi [erased] '.repeat(50))
    expect((await run(gzipSync('hi'), 'gzip')).outcome).toBe('unchanged')
    expect((await run(gzipSync('hi').subarray(0, 12), 'gzip')).outcome).toBe('removed')
  })

  test('text that is no UTF-8, or UTF-16, or a picture', async () => {
    const latin = Buffer.from('\xe9t\xe9 martak \xff', 'latin1')
    expect(Buffer.from((await run(latin, 'text')).bytes).toString('latin1')).toBe('\xe9t\xe9 [erased] \xff')
    const mixed = Buffer.concat([Buffer.from([0xff]), Buffer.from('ż Marta Zielińska ż'), Buffer.from([0xfe])])
    expect(
      Buffer.from((await run(mixed, 'text')).bytes).equals(
        Buffer.concat([Buffer.from([0xff]), Buffer.from('ż [erased] ż'), Buffer.from([0xfe])]),
      ),
    ).toBe(true)
    const wide = Buffer.from('\ufeffMarta Zielińska!', 'utf16le')
    expect(Buffer.from((await run(wide, 'text')).bytes).equals(Buffer.from('\ufeff[erased]!', 'utf16le'))).toBe(true)
    const picture = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from(' by martak ')])
    expect(await run(picture, 'text')).toMatchObject({ outcome: 'removed', why: 'a PNG image cannot be rewritten' })
  })
})

describe('a mail', () => {
  const mail = (...lines: string[]): string => lines.join('\r\n')

  test('headers: folds, encoded words in pieces, parameters', async () => {
    const subject = Buffer.from('Laptop: Marta Ziel').toString('base64')
    const { text } = await run(
      mail(
        'From: =?iso-8859-2?Q?Marta_Zieli=F1ska?= <marta.k@example.org>',
        'To: Marta',
        '  Zielińska <x@example.org>',
        `Subject: =?UTF-8?B?${subject}?=`,
        ' =?UTF-8?Q?i=C5=84ska_=26_co?=',
        'Content-Disposition: attachment; filename="martak.txt"; x=martak',
        '',
        'nothing',
      ),
      'mime',
    )
    expect(text).toBe(
      mail(
        'From: =?UTF-8?Q?=5Berased=5D?= <erased@erased.invalid>',
        'To: "[erased]"',
        ' <x@example.org>',
        'Subject: =?UTF-8?Q?Laptop=3A_=5Berased=5D?=',
        ' =?UTF-8?Q?_=26_co?=',
        'Content-Disposition: attachment; filename="[erased].txt"; x=erased',
        '',
        'nothing',
      ),
    )
  })

  test('parts by their own encoding and character set; nested messages; everything else byte for byte', async () => {
    const build = (latin: string, word: string, name: string, pdf: readonly string[]): string =>
      mail(
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary="a=b"',
        '',
        'preamble',
        '--a=b',
        'Content-Type: text/plain; charset=iso-8859-2',
        'Content-Transfer-Encoding: quoted-printable',
        '',
        `Dear ${latin}=2E`,
        '--a=b  ',
        'Content-Type: message/rfc822',
        '',
        `Subject: ${word}`,
        'Content-Type: multipart/alternative; boundary=inner',
        '',
        '--inner',
        'Content-Type: text/html; charset=utf-8',
        'Content-Transfer-Encoding: base64',
        '',
        Buffer.from(`<b>${name}</b>`).toString('base64'),
        '--inner--',
        '--a=b',
        ...pdf,
        '--a=b--',
        'epilogue',
      )
    const attached = [
      'Content-Type: application/pdf',
      'Content-Transfer-Encoding: base64',
      'X-Kept: yes',
      '',
      Buffer.from('%PDF-1.4\n1 0 obj<</Author (martak)>>endobj').toString('base64'),
    ]
    const emptied = ['Content-Type: text/plain; charset=utf-8', 'X-Kept: yes', '', '[erased]', '']
    const result = await run(build('Marta Zieli=F1ska', 'martak', 'Marta</b> <i>Zieli&nacute;ska', attached), 'mime')
    expect(result.text).toBe(build('[erased]', '[erased]', '[erased]</b><i>', emptied))
    expect(result).toMatchObject({ outcome: 'rewritten', why: expect.stringContaining('a PDF cannot be rewritten') })
  })

  test('a signed part with a hit goes, one without stays; an encrypted part goes', async () => {
    const signed = (text: string): string =>
      mail(
        'Subject: x',
        'Content-Type: multipart/signed; boundary=s',
        '',
        '--s',
        '',
        text,
        '--s',
        'Content-Type: application/pgp-signature',
        '',
        'iQE',
        '--s--',
        '',
      )
    expect((await run(signed('hello'), 'mime')).outcome).toBe('unchanged')
    const hit = await run(signed('hello martak'), 'mime')
    expect(hit.text).toBe(mail('Subject: x', 'Content-Type: text/plain; charset=utf-8', '', '[erased]', ''))
    expect(hit.why).toContain('signed')
    const inline = mail(
      'Subject: x',
      '',
      '-----BEGIN PGP SIGNED MESSAGE-----',
      'martak',
      '-----BEGIN PGP SIGNATURE-----',
    )
    expect((await run(inline, 'mime')).text).not.toContain('SIGNATURE')
    const encrypted = mail('Subject: x', 'Content-Type: application/pkcs7-mime; smime-type=enveloped-data', '', 'MII')
    expect((await run(encrypted, 'mime')).why).toContain('encrypted')
  })
})

describe('what cannot be cleared', () => {
  test('a damaged container under a declared codec is removed; under auto it stays and is named', async () => {
    const damaged = Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(60, 7)])
    expect(await run(damaged, 'zip')).toMatchObject({ outcome: 'removed', why: 'a ZIP archive without its end' })
    expect(await run(damaged, 'auto')).toMatchObject({ outcome: 'unchanged', why: 'a ZIP archive without its end' })
    expect(await run(Buffer.from('050b0300000001', 'hex'), 'perl')).toMatchObject({ outcome: 'removed' })
  })

  test('an identifier in a PDF removes it also under auto', async () => {
    const pdf = (author: string): string => `%PDF-1.4\n1 0 obj<</Author (${author})>>endobj\ntrailer<</Root 1 0 R>>`
    expect(await run(pdf('martak'), 'auto')).toMatchObject({ outcome: 'removed', why: 'a PDF cannot be rewritten' })
    expect((await run(pdf('somebody'), 'pdf')).outcome).toBe('unchanged')
  })

  test('limits', async () => {
    const bomb = gzipSync(Buffer.alloc(40_000_000))
    expect(await run(bomb, 'gzip')).toMatchObject({ outcome: 'removed', why: 'limit: unpacked size' })
    expect((await parts(bomb, 'gzip'))[0]).toEqual({ path: 'gzip!limit: unpacked size', text: '' })
    let deep: Uint8Array = Buffer.from('martak')
    for (let layer = 0; layer < 12; layer++) deep = gzipSync(deep)
    expect((await run(deep, 'gzip')).why).toBe('limit: layers')
    const codec = ['text'] as const
    expect(await rewrite(Buffer.from('x'.repeat(11)), codec, REDACTOR, { cellBytes: 10 })).toMatchObject({
      outcome: 'removed',
    })
    expect(await rewrite(Buffer.from('x'.repeat(11)), 'auto', REDACTOR, { cellBytes: 10 })).toMatchObject({
      outcome: 'unchanged',
      why: 'limit: bytes of the cell',
    })
  })

  test('a replacement that is itself an identifier ends', async () => {
    const redactor = compileRedactor(IDENTIFIERS, 'martak')
    expect((await rewrite(Buffer.from('martak'), ['text'], redactor)).outcome).toBe('removed')
  })
})

test('codecs as they are spelt', () => {
  expect(parseCodec('base64>zip')).toEqual(['base64', 'zip'])
  expect(parseCodec(' Quoted-Printable ')).toEqual(['quoted-printable'])
  for (const plain of ['none', '', '7bit', '8BIT', 'binary', 'text']) expect(parseCodec(plain)).toEqual(['text'])
  expect(parseCodec('auto')).toBe('auto')
  for (const unknown of ['rot13', 'base64>', 'base64>>zip', 'constructor', 'auto>zip']) {
    expect(parseCodec(unknown), unknown).toBeUndefined()
  }
})
