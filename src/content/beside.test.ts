import { describe, expect, it } from 'vitest'
import { compileMentionRedactor, excerpt } from './beside.ts'
import { compileRedactor } from './redactor.ts'

const keys = [{ kind: 'email', value: 'ada@example.org', strong: true }]
const all = [
  ...keys,
  { kind: 'name', value: 'Ada Lovel', strong: false },
  { kind: 'phone', value: '+48 601 555 0147', strong: false },
  { kind: 'date', value: '1985-01-01', strong: false },
]
const redactor = compileMentionRedactor(keys, all)

describe('a text that only mentions a person', () => {
  it('loses her hints on the line of her address, and a namesake on the next line stays', () => {
    const list = 'Ada Lovel,ada@example.org,+48 601 555 0147\nAda Lovel,a.lovel@example.net,+48 601 555 0147\n'
    expect(redactor.text(list).text).toBe(
      '[erased],[erased],[erased]\nAda Lovel,a.lovel@example.net,+48 601 555 0147\n',
    )
  })

  it('loses a whole contact card that holds her address, and no other card', () => {
    const card = (email: string) => `BEGIN:VCARD\r\nFN:Ada Lovel\r\nEMAIL:${email}\r\nBDAY:1985-01-01\r\nEND:VCARD\r\n`
    expect(redactor.text(card('ada@example.org') + card('a.lovel@example.net')).text).toBe(
      card('[erased]').replace('Ada Lovel', '[erased]').replace('1985-01-01', '[erased]') + card('a.lovel@example.net'),
    )
  })

  it('is untouched where no key identity stands, and loses only keys on a line that holds everybody', () => {
    expect(redactor.spans('Ada Lovel on +48 601 555 0147')).toEqual([])
    const everybody = `Ada Lovel ${'x '.repeat(600)} ada@example.org`
    expect(redactor.text(everybody).text).toBe(`Ada Lovel ${'x '.repeat(600)} [erased]`)
  })

  it('is copied for her by the lines that name her, without the people on the others', () => {
    const sought = compileRedactor(keys)
    expect(excerpt('name,email\nAda Lovel,ada@example.org\nBo,bo@example.org\n', sought)).toBe(
      'Ada Lovel,ada@example.org',
    )
    expect(excerpt('nobody', sought)).toBe('')
    const long = excerpt(`${'x '.repeat(600)}ada@example.org${' y'.repeat(600)}`, sought)
    expect(long).toHaveLength(415)
  })
})
