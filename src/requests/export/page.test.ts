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
        {
          category: 'message',
          words: 'what you write to us',
          keeps: ['24 months from last contact'],
          from: ['you'],
          recipients: ['print house'],
        },
      ],
    },
  ],
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

test('a table whose map names no purpose stands under those that may use what it holds; else it is shown apart', () => {
  const used = pageText(explanation, [{ ...table, purposes: [], table: 'notes' }], new Date(0))
  expect(used).toContain('id="purpose-support"')
  expect(used).not.toContain('Without a declared purpose')
  const columns = [{ name: 'id' }, { name: 'words', category: 'letter' }]
  const odd = pageText(explanation, [{ ...table, columns, purposes: [], table: 'notes' }], new Date(0))
  expect(odd).toContain('Without a declared purpose')
  expect(odd).toContain('notes (helpdesk)')
})

test('other people are spoken of only where they stand in the rows', () => {
  expect(page).toContain('Other people stand in some of these rows')
  expect(pageText(explanation, [{ ...table, others: 'none' }], new Date(0))).not.toContain('Other people')
})

test('what is told alike about several categories is told once; links and instants read as words', () => {
  const [support] = explanation.purposes
  const [message] = support?.categories ?? []
  if (!support || !message) throw new Error('the example has a purpose')
  const purposes = [{ ...support, categories: [message, { ...message, category: 'name', words: 'your name' }] }]
  const columns = [
    { name: 'subject', category: 'message' },
    { name: 'agent_id', category: 'name', to: 'contacts' },
    { name: 'touched_at' },
  ]
  const head = [{ subject: 'Hello', agent_id: 1, touched_at: '2024-04-01T10:00:00+00:00' }]
  const told = pageText({ ...explanation, purposes }, [{ ...table, columns, head }], new Date(0))
  expect(told).toContain('<dt>What you write to us, your name</dt>')
  expect(told.match(/How long: 24 months/g)).toHaveLength(1)
  expect(told).toContain('agent id <small>(a row of contacts)</small>')
  expect(told).toContain('2024-04-01 10:00 UTC')
})

test('tables that hold nothing are named in one line', () => {
  const told = pageText(explanation, [table, { ...table, table: 'wish_lists', rows: 0, head: [] }], new Date(0))
  expect(told).toContain('<h2>Where nothing about you was found</h2><p>wish lists (helpdesk)</p>')
  expect(told).not.toContain('wish lists (helpdesk): 0 rows')
})

test('durations read as words', () => {
  expect(duration('P24M')).toBe('24 months')
  expect(duration('P1Y6M')).toBe('1 year 6 months')
  expect(duration('P2W')).toBe('2 weeks')
  expect(duration('PT72H')).toBe('72 hours')
})
