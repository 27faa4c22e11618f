import { describe, expect, it } from 'vitest'
import { compileFinder, type SoughtIdentity } from './index.ts'

const SOUGHT: SoughtIdentity[] = [
  { id: 'mail', kind: 'email', value: 'marta.k@example.org', strong: true },
  { id: 'phone', kind: 'phone', value: '+48 601 555 014', strong: false },
  { id: 'name', kind: 'name', value: 'Marta Zielińska', strong: false },
  { id: 'irish', kind: 'name', value: "Fatima O'Brien", strong: false },
  { id: 'german', kind: 'name', value: 'Jörg Strauß', strong: false },
  { id: 'greek', kind: 'name', value: 'Οδυσσεύς Παπάς', strong: false },
  { id: 'chinese', kind: 'name', value: '山田太郎', strong: false },
  { id: 'street', kind: 'address', value: 'ul. Złota 44/12', strong: false },
  { id: 'login', kind: 'login', value: 'martak', strong: true },
  { id: 'birth', kind: 'date', value: '1985-03-07', strong: false },
  { id: 'national', kind: 'national-id', value: '85030712345', strong: true },
  { id: 'serial', kind: 'serial', value: 'SN-KW-7F3A91', strong: false },
  { id: 'host', kind: 'hostname', value: 'LT-MARTAK-01', strong: false },
  { id: 'mac', kind: 'mac', value: '02:4b:6f:7f:3a:91', strong: false },
  { id: 'ip', kind: 'ip', value: '203.0.113.47', strong: false },
  { id: 'ip6', kind: 'ip', value: '2001:db8::ff00:42:8329', strong: false },
  { id: 'uuid', kind: 'id', value: '550e8400-e29b-41d4-a716-446655440000', strong: true },
  { id: 'customer', kind: 'id', value: '4071923', strong: true },
]
const finder = compileFinder(SOUGHT)
const found = (cell: string | Buffer, type = 'text') =>
  finder.cell(Buffer.from(cell as string), { type }).hits.map((hit) => `${hit.identity} ${hit.encoding}`)
const MAIL = 'marta.k@example.org'

describe('spellings that are found', () => {
  it.each<[string, string, string]>([
    ['another case', 'Marta.K@EXAMPLE.org', 'mail raw'],
    ['angle brackets', `Marta <${MAIL}>`, 'mail raw'],
    ['end of a sentence', `Write to ${MAIL}. Thanks`, 'mail raw'],
    ['sentence without a space', `Write to ${MAIL}.Thank you`, 'mail raw'],
    ['marked as deleted', `${MAIL}_deleted_20240101`, 'mail raw'],
    ['quoted local part', '"marta.k"@example.org', 'mail raw'],
    ['a +tag', 'marta.k+news@example.org', 'mail raw+tag'],
    ['hstore', `"email"=>"${MAIL}", "lang"=>"pl"`, 'mail raw'],
    ['composite', `(7,"a ""b""",${MAIL})`, 'mail raw'],
    ['array', `{a,"${MAIL}","b\\"c"}`, 'mail raw'],
    ['link', `mailto:${MAIL}?subject=x`, 'mail raw'],
    ['percent-encoding', 'https://x.example/?q=marta.k%40example.org&y=1', 'mail percent'],
    ['twice percent-encoded', 'q=marta.k%2540example.org', 'mail percent>percent'],
    ['HTML number', 'marta.k&#64;example.org', 'mail html'],
    ['HTML hexadecimal', '&#x6d;arta.k&#x40;example&#46;org', 'mail html'],
    ['HTML name', 'marta.k&commat;example&period;org', 'mail html'],
    ['quoted-printable', 'To: marta.k=40example.org', 'mail qp'],
    ['soft line end inside', 'to marta.k@exam=\r\nple.org', 'mail qp'],
    ['JSON escapes', '{"a":"\\u006darta.k\\u0040example.org"}', 'mail json'],
    ['after an escaped line end', '{"a":"to:\\nmarta.k@example.org"}', 'mail raw'],
    ['PHP', `a:1:{s:5:"email";s:19:"${MAIL}";}`, 'mail raw'],
    ['folded line', `NOTE:${'x'.repeat(50)} marta.k@exa\r\n mple.org`, 'mail folded'],
    ['hexadecimal', Buffer.from(MAIL).toString('hex'), 'mail hex'],
    ['bytea text form', `\\x00ff${Buffer.from(MAIL).toString('hex')}`, 'mail hex'],
    [
      'RFC 2047 base64',
      `=?UTF-8?B?${Buffer.from('Marta Zielińska').toString('base64')}?= <x@y.example>`,
      'name rfc2047',
    ],
    ['RFC 2047 quoted, split', '=?iso-8859-2?Q?Marta_Zieli?=\r\n =?iso-8859-2?Q?=F1ska?=', 'name rfc2047'],
    ['line end inside a name', 'Marta\r\n  Zielińska', 'name raw'],
    ['no-break space', 'Marta\u00a0Zielińska', 'name unicode'],
    ['decomposed letters', 'Marta Zielińska'.normalize('NFD'), 'name unicode'],
    ['upper case', 'MARTA ZIELIŃSKA', 'name raw'],
    ['family name first', 'Zielińska, Marta', 'name raw'],
    ['vCard', 'N:Zielińska;Marta;;;', 'name raw'],
    ['file name', 'CV_Marta_Zielińska_2024.pdf', 'name raw'],
    ['form encoding', 'name=Marta+Zielińska', 'name raw'],
    ['between tags', '<td>Marta</td>\n<td>Zielińska</td>', 'name tags'],
    ['split over runs', '<w:t>Mar</w:t></w:r><w:r><w:t>ta Zieliń</w:t><w:t>ska</w:t>', 'name tags'],
    ['folder name', 'INBOX/Marta Zieli&AUQ-ska', 'name utf7'],
    ['doubled quote', "Fatima O''Brien", 'irish raw'],
    ['typographic quote', 'Fatima O’Brien', 'irish raw'],
    ['ß as ss', 'JÖRG STRAUSS', 'german raw'],
    ['Greek upper case', 'ΟΔΥΣΣΕΎΣ ΠΑΠΆΣ', 'greek raw'],
    ['inside Chinese text', '联系山田太郎先生', 'chinese raw'],
    ['address with other marks', 'UL ZŁOTA 44 / 12, Warszawa', 'street raw'],
    ['login in a path', '/home/martak/.ssh', 'login raw'],
    ['login as a file', 'avatars/martak.jpg', 'login raw'],
    ['date in words', 'born March 7th, 1985 or 7 March 1985', 'birth raw'],
    ['date, day first', '07.03.1985', 'birth raw'],
    ['ISO instant', '1985-03-07T00:00:00Z', 'birth raw'],
    ['national id with blanks', '850307 12345', 'national raw'],
    ['serial in a sentence', 'serial sn-kw-7f3a91.', 'serial raw'],
    ['host with a domain', 'lt-martak-01.corp.example', 'host raw'],
    ['MAC with hyphens', '02-4B-6F-7F-3A-91', 'mac raw'],
    ['MAC in fours', '024b.6f7f.3a91', 'mac raw'],
    ['inet with mask', '203.0.113.47/32', 'ip raw'],
    ['IPv6 written out', '2001:0db8:0000:0000:0000:FF00:0042:8329', 'ip6 raw'],
    ['UUID without hyphens', '550E8400E29B41D4A716446655440000', 'uuid raw'],
    ['id as text', '4071923', 'customer raw'],
    ['phone, 00 and hyphens', '0048 601-555-014', 'phone raw'],
    ['phone, national', 'tel. 601 555 014', 'phone raw'],
    ['phone, brackets', '+48 (601) 555.014', 'phone raw'],
    ['phone, run together', 'x 48601555014 y', 'phone raw'],
  ])('%s', (_, cell, expected) => {
    expect(found(cell)).toContain(expected)
  })

  it('finds phones in number columns', () => {
    expect(found('48601555014', 'int8')).toEqual(['phone number'])
  })

  it('finds base64 at every alignment, alphabet and line width', () => {
    for (const before of ['', 'a', 'ab', 'abc?>']) {
      const encoded = Buffer.from(`${before} ${MAIL} and more text`).toString('base64')
      expect(found(encoded)).toEqual(['mail base64'])
      expect(found(encoded.replaceAll('+', '-').replaceAll('/', '_'))).toEqual(['mail base64'])
      expect(found(`token="xyz${encoded}"`)).toEqual(['mail base64'])
      expect(found(encoded.replace(/.{20}/g, '$&\r\n'))).toEqual(['mail base64'])
      expect(found(encoded.replace(/.{20}/g, '$&\\n'))).toContain('mail base64')
    }
  })

  it('finds short values by themselves in base64 and hexadecimal', () => {
    expect(found(Buffer.from('martak').toString('base64'))).toEqual(['login base64'])
    expect(found(`u=${Buffer.from('xy martak').toString('base64')}`)).toEqual(['login base64'])
    expect(found(Buffer.from('MARTAK').toString('hex'))).toEqual(['login hex'])
  })

  it('finds UTF-16 and old charsets', () => {
    const wide = Buffer.from(`Hello ${MAIL}, Zielińska Marta`, 'utf16le')
    expect(found(wide, 'bytes')).toEqual(expect.arrayContaining(['mail utf16', 'name utf16']))
    expect(found(Buffer.concat([Buffer.from([1]), Buffer.from(wide).swap16()]), 'bytes')).toContain('mail utf16')
    expect(found(Buffer.from('Marta Zieli\xf1ska', 'latin1'), 'bytes')).toEqual(['name charset'])
    expect(found('Marta Zieli=F1ska')).toEqual(['name qp>charset'])
  })

  it('finds words of a text vector, adjacent or not', () => {
    expect(found("'marta':1 'zielińska':2 'pleas':3", 'tsvector')).toEqual(['name tokens'])
    expect(found("'marta' 'zielińska'", 'tsvector')).toEqual(['name tokens'])
    expect(found(`'${MAIL}':5`, 'tsvector')).toContain('mail raw')
    expect(found("'+48':3 '014':6 '555':5 '601':4", 'tsvector')).toEqual(['phone tokens'])
    expect(found("'marta':1", 'tsvector')).toEqual([])
  })
})

describe('look-alikes that are not found', () => {
  it.each([
    'notmarta.k@example.org',
    'x.marta.k@example.org',
    'x-marta.k@example.org',
    'marta.k@example.org.uk',
    'marta.k@example.organic',
    'marta.k@example.org-shop.com',
    'marta.kk@example.org',
    'bWFydGEua0BleGFtcGxlLm9yZy51aw==',
    Buffer.from('to notmarta.k@example.org').toString('base64'),
    'Marta Zielińska-Nowak',
    'Anna-Marta Zielińska',
    'Marta Zielińskaja',
    'xmartak martak2 martak_k2 jan.martak LT-MARTAK-02 m251.martak@mail.example.org',
    '1203.0.113.47 203.0.113.470 203.0.113.4',
    '185030712345 850307123456',
    '+49 601 555 014',
    '1601555014',
    '11985-03-07 1985-03-071',
    '02:4b:6f:7f:3a:91:aa',
    '14071923 40719235 4071923.5',
    'kowalska marta.zielińska@example.net',
    'zielińska marta.nowak@example.net',
    '2001:db8::ff00:42:832',
  ])('%s', (cell) => {
    expect(found(cell)).toEqual([])
  })
})

describe('what is not searched', () => {
  it('names identities that would match nearly everything', () => {
    const { notSearched } = compileFinder([
      { id: 'a', kind: 'id', value: '31', strong: true },
      { id: 'b', kind: 'name', value: 'Li', strong: false },
      { id: 'c', kind: 'phone', value: '12345', strong: false },
      { id: 'd', kind: 'name', value: '王伟', strong: false },
      { id: 'e', kind: 'email', value: '  ', strong: true },
    ])
    expect(notSearched.map((one) => `${one.identity} ${one.reason}`)).toEqual([
      'a too short',
      'b too short',
      'c too short',
      'e empty',
    ])
  })

  it('looks for ids of digits in short cells only', () => {
    expect(found(`${'word '.repeat(100)} 4071923`)).toEqual([])
  })

  it('compiles to nothing without identities, and finds nothing', () => {
    const none = compileFinder([])
    expect(none.cell(Buffer.from(`any ${MAIL}`), { type: 'text' })).toEqual({ hits: [], unread: [] })
    expect(none.suspects(Buffer.from(`1\t${MAIL}\n`))).toEqual([])
  })
})
