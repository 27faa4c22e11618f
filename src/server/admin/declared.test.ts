import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { declared } from './declared.ts'

const MAP = `# The help desk.
store: desk
connect: { read: env:DESK }
tables:
  people:   # who writes to us
    person: { key: { email: mail } }
    fields:
      mail: { is: email, erase: pseudonym }
      phone: none   # asked for until 2020

  notes:
    people:
      author: { key: owner, to: people.id, via: [a.b = c] }
    fields: { body: note, day: none }
  audit:
words: a store
`

/** The lines that differ, so that nothing else can have changed. */
function changed(after: string): string[] {
  const before = MAP.split('\n')
  return after.split('\n').filter((line) => !before.includes(line))
}

it('changes the one place, and leaves every other letter as it was', () => {
  expect(changed(declared(MAP, 'people', 'phone', 'phone'))).toEqual(['      phone: phone   # asked for until 2020'])
  expect(changed(declared(MAP, 'people', 'mail', 'name'))).toEqual(['      mail: { is: name, erase: pseudonym }'])
  expect(changed(declared(MAP, 'people', 'second', 'email'))).toEqual(['      second: email'])
  expect(changed(declared(MAP, 'notes', 'by', 'name'))).toEqual(['    fields: { body: note, day: none, by: name }'])
  expect(changed(declared(MAP, 'leads', 'true', 'email'))).toEqual(['  leads: { fields: { "true": email } }'])
})

it.each([
  ['people', 'phone'],
  ['people', 'second'],
  ['notes', 'by'],
  ['leads', 'a: b'],
  ['audit', 'line'],
])('says afterwards what was decided: %s.%s', (table, column) => {
  const after = parse(declared(MAP, table, column, 'message'))
  expect(after.tables[table].fields[column]).toBe('message')
  const before = parse(MAP)
  expect(Object.keys(after.tables)).toEqual(expect.arrayContaining(Object.keys(before.tables)))
  expect({ ...after, tables: undefined }).toEqual({ ...before, tables: undefined })
})
