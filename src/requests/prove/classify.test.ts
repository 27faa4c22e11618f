import { describe, expect, it } from 'vitest'
import type { RowOwner } from '../../connector.ts'
import type { FieldMap, StoreMap, TableMap } from '../../language/store-map.ts'
import { classify, type Evidence } from './classify.ts'

const oldValue: readonly FieldMap[] = [
  { column: { column: 'old' }, is: 'email', erase: 'clear', of: 'former' },
  { column: { column: 'old' }, is: 'message', erase: 'redact' },
]

const tableOf = (fields: readonly FieldMap[]): TableMap => ({
  table: 'history',
  for: [],
  clock: {},
  people: [],
  fields,
  allow: { cascades: [], triggers: [] },
})

const mapOf = (fields: readonly FieldMap[]): StoreMap => ({
  store: 'desk',
  connect: { read: 'env:READ', application: [] },
  zone: 'UTC',
  role: 'controller',
  copies: {},
  tables: [tableOf(fields)],
  sha256: '',
})

const row = { table: 'history', key: '["7"]' }
const hit = { ...row, column: 'old', identity: 'email#1', encoding: 'raw' }
const she = { table: 'users', key: '["1"]' }
const he = { table: 'users', key: '["2"]' }
const owner = (person: typeof she, role: string, erase: RowOwner['erase'] = 'part'): RowOwner => ({
  ...row,
  role,
  person,
  erase,
})

const evidence = (fields: readonly FieldMap[], owners: readonly RowOwner[], strong: boolean): Evidence => ({
  map: mapOf(fields),
  persons: [she],
  kept: [],
  strong,
  owners,
})

describe('a column that the map treats by role', () => {
  it('is missed in a shared row when any of its treatments is the person’s', () => {
    const owners = [owner(she, 'ticket'), owner(he, 'author')]
    expect(classify(hit, evidence(oldValue, owners, false))).toBe('missed')
  })

  it('is another person’s when all of its treatments are of roles that are not hers', () => {
    const owners = [owner(she, 'ticket'), owner(he, 'former')]
    expect(classify(hit, evidence(oldValue.slice(0, 1), owners, false))).toBe('other-person')
  })

  it('is missed in somebody else’s row when one treatment redacts key identities', () => {
    expect(classify(hit, evidence(oldValue, [owner(he, 'ticket')], true))).toBe('missed')
    expect(classify(hit, evidence(oldValue, [owner(he, 'ticket')], false))).toBe('other-person')
  })
})
