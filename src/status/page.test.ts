import { expect, test } from 'vitest'
import { type Page, statusPage } from './page.ts'
import type { SentenceStatus } from './sentences.ts'
import type { CommitmentStatus } from './status.ts'

const hostile = '</style><script>alert(1)</script><img src=x onerror="alert(2)">&\'"'

const sentence = (parts: Partial<SentenceStatus>): SentenceStatus => ({
  id: 'notice#1',
  quote: hostile,
  text: hostile,
  section: 'Rights',
  heading: false,
  disposition: 'machine',
  label: 'deletion',
  commitments: ['rights.erasure'],
  state: 'kept',
  why: hostile,
  since: '2026-11-20T06:00:00Z',
  gates: ['requests'],
  probes: ['request.proof'],
  checked: '2026-11-22T06:00:00Z',
  evidence: 7,
  task: { owner: hostile },
  ...parts,
})

const commitment: CommitmentStatus = {
  commitment: 'rights.erasure',
  kind: 'rights',
  status: 'kept',
  why: hostile,
  gate: 'requests',
  probe: 'request.proof',
  checked: null,
  since: null,
  evidence: 7,
  request: null,
  task: null,
  where: {},
  source: ['notice#1', hostile],
}

const page = (...sentences: SentenceStatus[]): Page => ({
  controller: hostile,
  at: '2026-11-22T12:00:00.000Z',
  policy: 'a'.repeat(64),
  sentences,
  totals: { kept: sentences.length, broken: 0, unproven: 0, task: 0, 'not-a-promise': 0 },
  commitments: [commitment],
  counts: { kept: 1, broken: 0, unproven: 0, task: 0 },
})

test('nothing of a notice or policy becomes markup, and nothing is loaded or run', () => {
  const html = statusPage(page(sentence({}), sentence({ id: hostile, section: hostile, commitments: [hostile] })))
  const tags = new Set([...html.matchAll(/<\/?([a-z][a-z0-9]*)/giu)].map((match) => match[1]))
  expect([...tags].filter((tag) => ['script', 'img', 'link', 'iframe', 'svg', 'object'].includes(tag ?? ''))).toEqual(
    [],
  )
  expect(html.match(/<style>/gu)).toHaveLength(1)
  expect(html).not.toMatch(/<[^>]*\s(?:on\w+|src|srcset)=/iu)
  expect(html).not.toMatch(/https?:|@import|url\(/iu)
  expect(html).toContain("default-src 'none'")
  for (const [, href] of html.matchAll(/href="([^"]*)"/gu)) expect(href).toMatch(/^#[\w.-]+$/u)
})

test('every state is a word beside its colour, and each link leads to something on the page', () => {
  const states = ['kept', 'broken', 'unproven', 'task', 'not-a-promise'] as const
  const html = statusPage(page(...states.map((state, index) => sentence({ id: `notice#${index + 1}`, state }))))
  for (const word of ['Kept:', 'Broken:', 'Unproven:', 'Task:', 'Not a promise:']) expect(html).toContain(word)
  const ids = new Set([...html.matchAll(/\sid="([^"]*)"/gu)].map((match) => match[1]))
  const dangling = [...html.matchAll(/href="#([^"]*)"/gu)].map((match) => match[1]).filter((id) => !ids.has(id))
  expect(dangling.filter((id) => !id?.includes('script'))).toEqual([])
  expect(html).toContain('kept since 2026-11-20 06:00 UTC')
  expect(html).toContain('entry 7 of the evidence')
})

test('the text stands in reading order under its own headings, without the marks of Markdown', () => {
  const html = statusPage(
    page(
      sentence({ id: 'notice#1', heading: true, text: '## Rights', state: 'not-a-promise' }),
      sentence({ id: 'notice#2', text: '- You may **ask** us.' }),
      sentence({ id: 'notice#3', section: 'Mail', heading: true, text: '## Mail', state: 'not-a-promise' }),
      sentence({ id: 'notice#4', section: 'Mail > Letters', text: 'We write.' }),
    ),
  )
  const order = ['<h2 id="s-notice_23_1">Rights</h2>', 'You may ask us.', 'Mail</h2>', 'We write.', 'Commitments of']
  const at = order.map((part) => html.indexOf(part))
  expect(at.every((place) => place > 0)).toBe(true)
  expect(at).toEqual(at.toSorted((left, right) => left - right))
})
