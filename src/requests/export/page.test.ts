import { expect, test } from 'vitest'
import { duration, type Explanation } from './explain.ts'
import { type PageTable, pageText } from './page.ts'

const explanation: Explanation = {
  controller: 'Larkspur <Software>',
  contact: 'privacy@larkspur.example',
  purposes: [
    {
      purpose: 'support',
      words: 'to answer you',
      bases: ['a contract with you'],
      categories: [
        { category: 'message', words: 'what you write to us', keeps: ['24 months from last contact'], from: ['you'] },
      ],
    },
  ],
  recipients: ['print house'],
  copies: ['helpdesk: nightly, 30 days'],
  exceptions: ['invoices: for 6 years (gb-tax)'],
}

const table: PageTable = {
  store: 'helpdesk',
  table: 'tickets',
  purposes: ['support'],
  rows: 1_000_000,
  columns: [{ name: 'id' }, { name: 'subject', category: 'message' }],
  head: [{ id: 1, subject: '<script>alert(1)</script>"&' }],
  others: 'redacted',
  files: [],
  json: 'data/helpdesk/tickets.json',
  csv: 'data/helpdesk/tickets.csv',
}

const page = pageText(explanation, [table], new Date('2026-11-22T10:00:00Z'))

test('the page says why, on which basis, who receives it and how long, by purpose', () => {
  for (const words of [
    'Why: to answer you.',
    'Basis: a contract with you.',
    'Who receives it: print house.',
    'How long: 24 months from last contact.',
    'Where from: you.',
    'helpdesk: nightly, 30 days',
    'invoices: for 6 years (gb-tax)',
  ]) {
    expect(page).toContain(words)
  }
})

test('nothing a person wrote becomes markup; there is no script', () => {
  expect(page).not.toContain('<script')
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&amp;')
  expect(page).toContain('Larkspur &lt;Software&gt;')
})

test('a big table shows its first rows and links to all of them', () => {
  expect(page).toContain('999,999 more rows')
  expect(page).toContain('href="data/helpdesk/tickets.json"')
})

test('a table without a purpose is shown, not dropped', () => {
  const odd = pageText(explanation, [{ ...table, purposes: [], table: 'notes' }], new Date(0))
  expect(odd).toContain('Without a declared purpose')
  expect(odd).toContain('notes (helpdesk)')
})

test('durations read as words', () => {
  expect(duration('P24M')).toBe('24 months')
  expect(duration('P1Y6M')).toBe('1 year 6 months')
  expect(duration('P2W')).toBe('2 weeks')
  expect(duration('PT72H')).toBe('72 hours')
})
