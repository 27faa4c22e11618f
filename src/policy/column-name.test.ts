import { describe, expect, test } from 'vitest'
import { joinOf, tableColumn } from './column-name.ts'

describe('names of columns', () => {
  test.each([
    ['users.id', { table: 'users', column: 'id' }],
    ['id', { table: 'own', column: 'id' }],
    ['crm.users.id', { table: 'crm.users', column: 'id' }],
    ['"crm.users".id', { table: 'crm.users', column: 'id' }],
    ['"a ""b""".id', { table: 'a "b"', column: 'id' }],
    [' users . id ', { table: 'users', column: 'id' }],
    ['Größe.Straße', { table: 'Größe', column: 'Straße' }],
  ])('%s', (text, column) => {
    expect(tableColumn(text, 'own')).toEqual(column)
  })

  test.each(['', '.', 'a.', '.a', 'a..b', 'a"b', '"a', '"a"b.c', 'a.b.c.d', '""'])('%s names none', (text) => {
    expect(tableColumn(text, 'own')).toBeUndefined()
  })

  test('a column without a table needs one', () => {
    expect(tableColumn('id')).toBeUndefined()
  })

  test.each([
    ['groups.instance = id', 'groups.instance', 'own.id'],
    ['a.b=c.d', 'a.b', 'c.d'],
    ['"a=b".c = d', 'a=b.c', 'own.d'],
  ])('%s', (text, left, right) => {
    const join = joinOf(text, 'own')
    expect([`${join?.left.table}.${join?.left.column}`, `${join?.right.table}.${join?.right.column}`]).toEqual([
      left,
      right,
    ])
  })

  test.each(['a', 'a =', '= a', 'a = b = c', 'a == b', ''])('%s joins nothing', (text) => {
    expect(joinOf(text, 'own')).toBeUndefined()
  })

  test('a long hostile name is read in bounded time', () => {
    const started = process.cpuUsage()
    joinOf(`${'"'.repeat(3999)}=`, 'own')
    tableColumn('a"'.repeat(2000), 'own')
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(2_000)
  })
})
