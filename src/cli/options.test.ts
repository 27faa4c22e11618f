import { expect, test } from 'vitest'
import { placeIdentities, readIdentity, readRow } from './options.ts'

test('an identity is KIND=VALUE; the value may hold further signs', () => {
  expect(readIdentity('email=a=b@example.org')).toEqual({ kind: 'email', value: 'a=b@example.org' })
  expect(readIdentity('shop.users.id= 7 ')).toEqual({ kind: 'shop.users.id', value: '7' })
})

test('a refused identity is never repeated in the message', () => {
  for (const text of ['ada@example.org', '=ada@example.org', 'e mail=ada@example.org', 'email=']) {
    expect(() => readIdentity(text)).toThrow()
    try {
      readIdentity(text)
    } catch (error) {
      expect(error).toMatchObject({ code: 'command.bad-identity' })
      expect(JSON.stringify(error) + String(error)).not.toContain('ada@')
    }
  }
})

test('a candidate is STORE.TABLE:KEY, its key plain or a JSON array', () => {
  expect(readRow('shop.users:17')).toEqual({ store: 'shop', table: 'users', key: '["17"]' })
  expect(readRow('shop.crm.users:["a:b","2"]')).toEqual({ store: 'shop', table: 'crm.users', key: '["a:b","2"]' })
  for (const text of ['users:17', 'shop.users', 'shop.users:', '.users:1', 'shop.users:[17]']) {
    expect(() => readRow(text)).toThrow()
  }
})

test('a kind that begins with a store goes to that store only', () => {
  const placed = placeIdentities(
    [
      { kind: 'shop.id', value: '7' },
      { kind: 'users.id', value: '8' },
      { kind: 'email', value: 'x@example.org' },
    ],
    ['shop'],
  )
  expect(placed).toEqual([
    { kind: 'id', value: '7', store: 'shop' },
    { kind: 'users.id', value: '8' },
    { kind: 'email', value: 'x@example.org' },
  ])
})
