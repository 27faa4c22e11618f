import { describe, expect, test } from 'vitest'
import { compilePlan } from '../../policy/plan.ts'
import { readPolicyBytes } from '../../policy/policy.ts'
import { readStoreMapBytes } from '../../policy/stores.ts'
import { csvCell } from './csv.ts'
import { exportArticle30, recordLanguages } from './export.ts'
import { durationWords } from './record.ts'
import { headings } from './words.ts'

const POLICY = `
kept: 1
controller: { name: '=Fernweh & Söhne', country: DE, contact: privacy@fernweh.example }
law: [eu-gdpr]
data:
  email: { is: pd:EmailAddress }
  letter: { is: pd:Communication, words: 'letters, and "notes"' }
purposes:
  support: { is: dpv:CustomerCare, basis: eu-gdpr:A6-1-b, uses: [email, letter] }
  news: { is: dpv:DirectMarketing, uses: email }
disclosure:
  mailer: { is: processor, to: Rundbrief AG, for: news, countries: [US, DE], contract: true }
  desk: { is: processor, to: Pult Ltd, for: support, contract: true }
  clouds: { is: processor, to: Wolke SARL, for: support, countries: FR, contract: true }
transfers:
  clauses: { is: transfer, to: Rundbrief AG, countries: US, ground: standard-contractual-clauses }
retention:
  letters: { data: letter, for: support, keep: P1Y6M, from: last-contact }
security:
  lines: { is: encryption-in-transit, least: TLS 1.2, owner: administration, probe: tls }
rights:
  access: { within: P1M }
  erasure: { except: { disputes: { data: letter, law: eu-gdpr:JustificationA17LegalClaims } } }
`
const MAP = (role: string) => `
store: desk
connect: { read: env:DESK }
role: ${role}
tables:
  customers: { for: support, person: { key: { email: mail } }, fields: { mail: { is: email } } }
  letters:
    for: support
    people:
      writer: { key: customer, to: customers.id, erase: row }
      clerk: { key: clerk, to: customers.id, erase: keep-link }
    fields: { body: { is: letter } }
`
const bytes = (text: string) => new TextEncoder().encode(text)

function record(language: 'en' | 'de', role = 'controller', policyText = POLICY) {
  const { policy, faults } = readPolicyBytes('kept.yaml', bytes(policyText))
  expect(faults.filter(({ severity }) => severity === 'error')).toEqual([])
  const { map } = readStoreMapBytes('stores/desk.yaml', bytes(MAP(role)), policy)
  if (map === undefined) throw new Error('the map was not read')
  const plan = compilePlan(policy, [map])
  const { files, missing } = exportArticle30(plan, [map], language)
  const [csv, html] = files.map(({ text }) => text)
  return { csv: csv ?? '', html: html ?? '', missing: missing.map(({ path, what }) => `${path} | ${what}`) }
}

/** RFC 4180, read as a stranger would. */
function readCsv(text: string): string[][] {
  expect(text.endsWith('\r\n')).toBe(true)
  const rows: string[][] = [[]]
  for (const [, cell = '', end] of text.matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/g)) {
    rows.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)
    if (end === '\r\n') rows.push([])
  }
  return rows.slice(0, -1)
}

describe('the record of processing activities', () => {
  test('is one line an activity, and no cell is a formula', () => {
    const rows = readCsv(record('en').csv)
    expect(rows.map((row) => row.length)).toEqual([headings.length, headings.length, headings.length])
    const cell = (row: number, heading: (typeof headings)[number]) => rows[row]?.[headings.indexOf(heading)]
    expect(cell(1, 'controller')).toBe("'=Fernweh & Söhne; Germany")
    expect(cell(1, 'data')).toBe('email; letters, and "notes"')
    expect(cell(1, 'basis')).toBe('contract (Art. 6(1)(b))')
    expect(cell(1, 'terms')).toBe(
      'letters, and "notes": 1 year 6 months from last-contact, then erased; letters, and "notes": kept without an end (legal claims, Art. 17(3)(e)); [email: no time limit]',
    )
    expect(cell(2, 'transfers')).toBe('Rundbrief AG, United States: Standard contractual clauses of 2021')
    expect(cell(1, 'security')).toBe('encryption in transit (lines)')
    for (const planted of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '＝1']) expect(csvCell(planted)).toMatch(/^"?'/)
    expect(csvCell('plain')).toBe('plain')
  })

  test('says what is not said, and invents nothing', () => {
    const { missing, html } = record('en')
    expect(missing).toEqual([
      'controller | Address: not said in the policy',
      'controller | Representative: not said in the policy',
      'controller | Data protection officer: not said in the policy',
      'controller | Joint controllers: not said in the policy',
      'purposes.support | Transfers to third countries, with safeguards: Pult Ltd: countries not said',
      'purposes.support | Time limits for erasure: email: no time limit',
      'purposes.news | Legal basis: not said in the policy',
      'purposes.news | Categories of people: not said in the policy',
      'purposes.news | Time limits for erasure: email: no time limit',
    ])
    expect(html.match(/class="missing"/g)).toHaveLength(missing.length)
    expect(html).toContain('9 of the particulars')
  })

  test('a transfer that no ground covers is missing its safeguard', () => {
    const { missing } = record(
      'en',
      'controller',
      POLICY.replace('to: Rundbrief AG, countries: US, ground', 'to: Pult Ltd, countries: US, ground'),
    )
    expect(missing.join('\n')).toContain('Rundbrief AG, United States: no safeguard named')
  })

  test('people are those in whose role rows are erased, not those whose link only stays', () => {
    const rows = readCsv(record('en').csv)
    expect(rows[1]?.[headings.indexOf('subjects')]).toBe('customers; writer')
  })

  test('what is held for others is a record under Art. 30(2)', () => {
    const { html, missing } = record('en', 'processor')
    expect(html).toContain('Record of processing on behalf of controllers (GDPR Art. 30(2))')
    expect(missing).toContain('processor | On behalf of: not said in the policy')
    const rows = readCsv(record('en', 'processor').csv)
    const [controller, processor] = [rows[1], rows[2]]
    expect(controller?.[headings.indexOf('activity')]).toBe('news')
    expect(processor?.[headings.indexOf('activity')]).toBe('support')
    expect(processor?.[headings.indexOf('processor')]).toBe("'=Fernweh & Söhne; Germany")
    expect(processor?.[headings.indexOf('basis')]).toBe('')
  })

  test('speaks German', () => {
    const { csv, html } = record('de')
    expect(html).toContain('<html lang="de">')
    expect(csv).toContain('1 Jahr 6 Monate ab last-contact, danach gelöscht')
    expect(csv).toContain('Rundbrief AG, Vereinigte Staaten: Standardvertragsklauseln von 2021')
    expect(csv).toContain('aufbewahrt ohne Ende (Rechtsansprüche, Art. 17 Abs. 3 Buchst. e)')
    // No word is left in the other language.
    const { en, de } = recordLanguages
    for (const key of ['headings', 'bases', 'recipients', 'measures', 'justifications', 'ends', 'units'] as const)
      expect(Object.keys(de[key])).toEqual(Object.keys(en[key]))
    expect(Object.values(de.headings).filter((word) => Object.values(en.headings).includes(word))).toEqual([])
  })

  test('the page is readable without sight, script or network, and what the policy says is text', () => {
    const { html } = record('en', 'controller', POLICY.replace('Pult Ltd', '"<script>alert(1)</script>"'))
    expect(html).not.toMatch(/<script|<img|<link|https?:/)
    expect(html).toContain('&lt;script&gt;')
    expect(html.match(/<table>/g)?.length).toBe(html.match(/<caption>/g)?.length)
    expect(html.match(/<th /g)?.length).toBe(html.match(/<th scope="row">/g)?.length)
    expect(html.match(/<h1>/g)).toHaveLength(1)
  })

  test('durations are told in words', () => {
    expect(durationWords('P24M', recordLanguages.de)).toBe('24 Monate')
    expect(durationWords('PT72H', recordLanguages.en)).toBe('72 hours')
    expect(durationWords('P0D', recordLanguages.en)).toBe('0 days')
  })
})
