import { expect, test } from 'vitest'
import type { CellHit, RowOwner } from '../../connector.ts'
import type { StoreMap, TableMap } from '../../language/store-map.ts'
import { classify, type Evidence } from './classify.ts'

const table = (name: string, more: Partial<TableMap>): TableMap => ({
  table: name,
  for: [],
  clock: {},
  people: [],
  fields: [],
  stops: [],
  allow: { cascades: [], triggers: [] },
  ...more,
})

const map: StoreMap = {
  store: 'helpdesk',
  connect: { read: 'env:X', application: [] },
  zone: 'UTC',
  role: 'controller',
  copies: {},
  sha256: '',
  tables: [
    table('users', {
      person: { keys: [{ identity: 'email', column: { column: 'email' }, fold: false }], hints: [], erase: 'part' },
      fields: [
        { column: { column: 'email' }, is: 'email', erase: 'pseudonym' },
        { column: { column: 'note' } },
        { column: { column: 'about' }, is: 'message', erase: 'redact' },
      ],
    }),
    table('tickets', {
      people: [
        {
          role: 'requester',
          link: { columns: [{ column: 'requester' }], to: [{ table: 'users', column: 'email' }] },
          when: [],
          erase: 'part',
          owns: false,
        },
        {
          role: 'staff',
          link: { columns: [{ column: 'owner' }], to: [{ table: 'users', column: 'email' }] },
          when: [],
          erase: 'keep-link',
          owns: false,
        },
      ],
      fields: [
        { column: { column: 'subject' }, is: 'message', erase: 'redact' },
        { column: { column: 'title' }, is: 'message' },
        { column: { column: 'total' }, is: 'invoice', keep: 'tax' },
        { column: { column: 'answer' }, is: 'message', erase: 'redact', of: 'staff' },
        { column: { column: 'staff_mail' }, is: 'email', erase: 'clear', of: 'staff' },
        { column: { column: 'staff_name' }, is: 'name', of: 'staff' },
        { column: { column: 'sent_to' }, is: 'email', erase: 'clear' },
      ],
    }),
  ],
}

const ada = { table: 'users', key: '["1"]' }
const bob = { table: 'users', key: '["2"]' }
const ticket = { table: 'tickets', key: '["10"]' }
const owner = (person: typeof ada, role: string, erase: RowOwner['erase']): RowOwner => ({
  ...ticket,
  role,
  person,
  erase,
})
const asked = owner(ada, 'requester', 'part')
const askedByBob = owner(bob, 'requester', 'part')
const served = owner(ada, 'staff', 'keep-link')

function classed(place: { table: string; key: string }, column: string, more: Partial<Evidence> = {}): string {
  const hit: CellHit = { ...place, column, identity: 'x', encoding: 'raw' }
  return classify(hit, { map, persons: [ada], kept: [], holds: () => true, strong: true, owners: [], ...more })
}

test('what the map does not say is unmapped, also a column declared as none', () => {
  expect(classed({ table: 'audit', key: '["1"]' }, 'line')).toBe('unmapped')
  expect(classed(ticket, 'unheard')).toBe('unmapped')
  expect(classed(ada, 'note')).toBe('unmapped')
  expect(classed(bob, 'note')).toBe('unmapped')
})

test('a common word in an undeclared column of somebody else is theirs', () => {
  expect(classed(bob, 'note', { strong: false })).toBe('other-person')
})

test("what stands in the person's own record or rows was missed, name or key", () => {
  expect(classed(ada, 'email')).toBe('missed')
  expect(classed(ada, 'email', { strong: false })).toBe('missed')
  expect(classed(ticket, 'title', { owners: [asked], strong: false })).toBe('missed')
})

test("another person's record is theirs, but a key in a field to redact was missed", () => {
  expect(classed(bob, 'email')).toBe('other-person')
  expect(classed(bob, 'about', { strong: false })).toBe('other-person')
  expect(classed(bob, 'about')).toBe('missed')
  expect(classed(ticket, 'title', { owners: [askedByBob] })).toBe('other-person')
  expect(classed(ticket, 'subject', { owners: [askedByBob] })).toBe('missed')
})

test('kept needs a named exception and a row that the erasure kept', () => {
  const kept = [{ table: 'tickets', field: 'total', rows: 1, exception: 'tax' }]
  expect(classed(ticket, 'total', { owners: [asked], kept })).toBe('kept')
  expect(classed(ticket, 'total', { owners: [asked] })).toBe('missed')
  const under = (exception: string) => [{ table: 'tickets', field: 'total', rows: 1, exception }]
  expect(classed(ticket, 'total', { owners: [asked], kept: under('claims') })).toBe('missed')
})

test('kept is a row, not a field: one whose term has ended, or that is nobody of hers, was missed', () => {
  const kept = [{ table: 'tickets', field: 'total', rows: 7, exception: 'tax' }]
  expect(classed(ticket, 'total', { owners: [asked], kept, holds: () => false })).toBe('missed')
  expect(classed(ticket, 'total', { owners: [], kept })).toBe('missed')
  expect(classed(ticket, 'total', { owners: [], kept, strong: false })).toBe('ambiguous')
  expect(classed(ticket, 'total', { owners: [askedByBob], kept })).toBe('other-person')
})

test('the cell of a kept link is kept; other cells of such a row are for a person to decide', () => {
  expect(classed(ticket, 'owner', { owners: [served] })).toBe('kept')
  expect(classed(ticket, 'title', { owners: [served], strong: false })).toBe('ambiguous')
})

test("in a shared row, a cell of another role is the other's unless a key stands in it", () => {
  const owners = [asked, owner(bob, 'staff', 'keep-link')]
  expect(classed(ticket, 'answer', { owners, strong: false })).toBe('other-person')
  expect(classed(ticket, 'answer', { owners })).toBe('missed')
})

test("in a row of another key only the cell's own role decides: hers had to go or is kept with its link, theirs is theirs", () => {
  const bobs = [askedByBob, served]
  expect(classed(ticket, 'sent_to', { owners: bobs })).toBe('other-person')
  expect(classed(ticket, 'staff_mail', { owners: bobs })).toBe('missed')
  expect(classed(ticket, 'staff_mail', { owners: bobs, strong: false })).toBe('ambiguous')
  expect(classed(ticket, 'staff_name', { owners: bobs })).toBe('kept')
  expect(classed(ticket, 'staff_mail', { owners: [askedByBob, owner(ada, 'staff', 'part')] })).toBe('missed')
  // Her address in what somebody else's role holds, in a row that is hers too.
  expect(classed(ticket, 'staff_mail', { owners: [asked, owner(bob, 'staff', 'part')] })).toBe('other-person')
})

test('a row of nobody: a key in a field to erase was missed, a name is ambiguous', () => {
  expect(classed(ticket, 'subject')).toBe('missed')
  expect(classed(ticket, 'title')).toBe('ambiguous')
  expect(classed(ticket, 'subject', { strong: false })).toBe('ambiguous')
})
