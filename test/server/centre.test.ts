/** The privacy centre as people meet it: without script, at 320 px, by keyboard, in English and German, no barrier that axe knows. */
import axe from 'axe-core'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Letter } from '../../src/letters.ts'
import { centreStyle } from '../../src/server/centre/layout.ts'
import { startBrowser } from '../browser.ts'
import { codeIn, secretIn } from '../case-house.ts'
import { type ServedVendor, serveVendor, until } from './vendor.ts'

const NONE = 'no Chromium is here, nor may one be installed'
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

let browser: Browser | undefined

beforeAll(async () => {
  browser = await startBrowser()
}, 300_000)
afterAll(() => browser?.close())

interface Visit {
  readonly page: Page
  /** Where axe looks at the same page. */
  readonly glass: Page
  readonly complaints: string[]
}

/** Somebody whose browser runs no script. */
async function visit(opened: Browser, look: BrowserContextOptions): Promise<Visit> {
  const context = await opened.newContext({ ...look, javaScriptEnabled: false })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    // A form that is sent back says so by its status, which Chromium logs.
    if (message.type() === 'error' && !message.text().includes('422')) complaints.push(message.text())
  })
  const glass = await (await opened.newContext(look)).newPage()
  return { page, glass, complaints }
}

/** What axe finds, and by how much the page scrolls sideways: axe needs script, so it looks at the same page in a second window. */
async function barriers({ page, glass }: Visit): Promise<unknown[]> {
  const shown = (await page.content()).replace(
    '<link rel="stylesheet" href="/centre.css">',
    `<style>${centreStyle}</style>`,
  )
  await glass.setContent(shown)
  await glass.evaluate(axe.source)
  const found = (await glass.evaluate(
    `axe.run({ runOnly: ${JSON.stringify(TAGS)} }).then((run) => run.violations.map((one) => one.id + ' ' + one.nodes[0].html))`,
  )) as string[]
  const wide = await glass.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  return wide > 0 ? [...found, `scrolls sideways by ${wide}`] : found
}

const focused = (page: Page) =>
  page.evaluate(() => {
    const at = document.activeElement
    if (!(at instanceof HTMLElement)) return ''
    const labels = at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement ? at.labels : null
    return (labels?.[0]?.textContent ?? at.textContent ?? '').trim()
  })

/** Goes on by the tab key until the focus is on what is called so. */
async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = []
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab')
    const at = await focused(page)
    if (at === name) return
    passed.push(at)
  }
  throw new Error(`the tab key does not reach ${name}: ${passed.join(' | ')}`)
}

/** Waits until the case of this kind waits for a person: until then a machine may be ahead of whoever writes. */
async function waitsForDecision(vendor: ServedVendor, kind: string): Promise<string> {
  return until(async () => {
    const { json } = await vendor.call('agent', 'GET', '/api/v1/cases')
    const cases = json.cases as { id: string; kind: string; state: string; tasks: string[] }[]
    return cases.find((one) => one.kind === kind && one.tasks.includes('decide'))?.id
  })
}

async function letterTo(vendor: ServedVendor, address: string): Promise<Letter | undefined> {
  const [database] = vendor.server.foundation.databases
  const due = (await database?.letters.due(20, 1000)) ?? []
  return due.map(({ letter }) => letter).find(({ to }) => to === address)
}

it('finds a field without a name and a page that is too wide', { timeout: 60_000 }, async ({ skip }) => {
  if (browser === undefined) return skip(NONE)
  const person = await visit(browser, { viewport: { width: 320, height: 700 } })
  await person.page.setContent(
    '<html lang="en"><title>x</title><main><h1>x</h1><input style="width: 500px"></main></html>',
  )
  expect(await barriers(person)).toEqual([
    expect.stringMatching(/^label /),
    expect.stringMatching(/^scrolls sideways by [1-9]/),
  ])
})

it('erases somebody who asks by keyboard alone, and shows them that it is done', {
  timeout: 60_000,
}, async ({ skip }) => {
  if (browser === undefined) return skip(NONE)
  const vendor = await serveVendor('embedded')
  const { address } = vendor.server
  const person = await visit(browser, { viewport: { width: 320, height: 700 }, colorScheme: 'light', locale: 'en-GB' })
  const { page } = person
  await page.goto(`${address}/`)
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Your data at Larkspur Software Ltd')
  expect(await page.locator('.short').textContent()).toContain('what you write to us')
  expect(await barriers(person)).toEqual([])
  await page.keyboard.press('Tab')
  expect(await focused(page)).toBe('Skip to the content')
  await tabTo(page, 'Ask for something')
  await page.keyboard.press('Enter')

  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('What do you want?')
  expect(await barriers(person)).toEqual([])
  await tabTo(page, 'Go on')
  await page.keyboard.press('Enter')
  expect(await page.getByRole('alert').textContent()).toContain('Choose what you want.')
  expect(await barriers(person)).toEqual([])
  await tabTo(page, 'A copy of my data')
  await page.keyboard.press('ArrowDown')
  expect(await focused(page)).toBe('Erase my data')
  await page.keyboard.press('Enter')

  await page.getByText('Step 2 of 3').waitFor()
  expect(await barriers(person)).toEqual([])
  await tabTo(page, 'Your e-mail address')
  await page.keyboard.type('person1 at example.org')
  await tabTo(page, 'What else should we know?')
  await page.keyboard.type('<b>all of it</b>')
  await tabTo(page, 'Go on')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').waitFor()
  // The reading begins at what is wrong, and nothing that was written is lost.
  expect(await focused(page)).toContain('Write one e-mail address')
  expect(await page.title()).toMatch(/^Error: /)
  expect(await page.getByLabel('What else should we know?').inputValue()).toBe('<b>all of it</b>')
  expect(await barriers(person)).toEqual([])
  await page.getByLabel('Your e-mail address').fill('person1@example.org')
  await page.getByLabel('Your e-mail address').press('Enter')

  await page.getByText('Step 3 of 3').waitFor()
  expect(await page.locator('.said').textContent()).toBe('<b>all of it</b>')
  expect(await barriers(person)).toEqual([])
  await tabTo(page, 'Send the request')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'We have your request' }).waitFor()
  expect(page.url()).not.toContain('person1')
  expect(await barriers(person)).toEqual([])
  const said = await page.content()

  // The same answer to an address that nobody knows.
  const form = { kind: 'erasure', email: 'nobody@example.org', words: '' }
  const other = await fetch(`${address}/ask/send?lang=en`, { method: 'POST', body: new URLSearchParams(form) })
  expect([other.status, (await other.text()).length > 0]).toEqual([200, true])
  expect(page.url()).toBe(other.url)
  await page.goto(other.url)
  expect(await page.content()).toBe(said)
  // Another site cannot file a request in somebody's browser.
  const foreign = { method: 'POST', headers: { 'sec-fetch-site': 'cross-site' }, body: new URLSearchParams(form) }
  expect((await fetch(`${address}/ask/send`, foreign)).status).toBe(403)

  await page.goto(`${address}/confirm/${secretIn(await letterTo(vendor, 'person1@example.org'))}`)
  expect(await barriers(person)).toEqual([])
  const link = page.url()
  await tabTo(page, 'Yes, this is my request')
  await page.keyboard.press('Enter')
  await page.getByRole('status').waitFor()
  const own = page.url()
  expect(await page.locator('.steps').textContent()).toContain('You confirmed that it is you.')
  expect(await barriers(person)).toEqual([])
  const id = await waitsForDecision(vendor, 'erasure')
  await tabTo(page, 'Write to us')
  await page.keyboard.press('Enter')
  await tabTo(page, 'Your message')
  await page.keyboard.type('Thank you.')
  expect(await barriers(person)).toEqual([])
  await tabTo(page, 'Write to us')
  await page.keyboard.press('Enter')
  await page.getByText('We have your message.').waitFor()
  // A link counts once, and whoever comes again is told the next step.
  await page.goto(link)
  await page.getByRole('button', { name: 'Yes, this is my request' }).click()
  expect(await page.getByRole('alert').textContent()).toContain('This link was used before')
  expect(await barriers(person)).toEqual([])

  const caseNow = async () => (await vendor.call('agent', 'GET', `/api/v1/cases/${id}`)).json.case
  await vendor.call('agent', 'POST', `/api/v1/cases/${id}/read`, {})
  expect((await vendor.call('privacy-officer', 'POST', `/api/v1/cases/${id}/grant`, {})).status).toBe(200)
  await until(async () => ['answered', 'closed'].includes(((await caseNow()) as { state: string }).state) || undefined)
  await page.goto(own)
  expect(await page.locator('.steps').textContent()).toContain('We checked that it is done.')
  expect(await barriers(person)).toEqual([])
  expect((await vendor.store.query('SELECT id FROM tickets WHERE user_id = 1')).rows).toEqual([])
  expect(JSON.stringify(vendor.lines)).not.toMatch(/person1@|\/case\/[0-9a-z]{32}/)
  expect(person.complaints).toEqual([])
})

it('speaks German in the dark, and takes the code of the letter instead of its link', {
  timeout: 60_000,
}, async ({ skip }) => {
  if (browser === undefined) return skip(NONE)
  const vendor = await serveVendor('embedded')
  const { address } = vendor.server
  const person = await visit(browser, { viewport: { width: 320, height: 700 }, colorScheme: 'dark', locale: 'de-DE' })
  const { page } = person
  await page.goto(`${address}/`)
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Ihre Daten bei Larkspur Software Ltd')
  expect(await barriers(person)).toEqual([])
  await page.getByRole('link', { name: 'Die ganze Datenschutzerklärung' }).click()
  expect(await page.locator('html').getAttribute('lang')).toBe('de')
  // What was published is shown byte for byte, with its address among the versions.
  const published = await vendor.call('privacy-officer', 'POST', '/api/v1/notice/versions', {})
  const { date } = published.json.version as { date: string }
  await page.goto(`${address}/notice/versions`)
  await page.getByRole('link', { name: date }).click()
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toContain('Larkspur Software Ltd')
  const shown = [`${address}/notice?lang=de`]
  const active = await vendor.call('privacy-officer', 'POST', `/api/v1/notice/versions/${date}/activate`, {
    pages: shown,
  })
  expect(active.status, active.text).toBe(200)
  await page.goto(`${address}/`)
  expect(await page.locator('main').textContent()).toContain('Diese Erklärung gilt seit')
  expect(await barriers(person)).toEqual([])
  await page.goto(`${address}/nowhere`)
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Das ging nicht')
  expect(await barriers(person)).toEqual([])
  expect(person.complaints.splice(0)).toEqual([expect.stringContaining('404')])

  await page.getByRole('link', { name: 'Etwas verlangen' }).first().click()
  await page.getByLabel('Eine Kopie meiner Daten').check()
  await page.getByRole('button', { name: 'Weiter' }).click()
  await page.getByLabel('Ihre E-Mail-Adresse').fill('person2@example.org')
  expect(await barriers(person)).toEqual([])
  await page.getByRole('button', { name: 'Weiter' }).click()
  await page.getByRole('button', { name: 'Etwas ändern' }).click()
  expect(await page.getByLabel('Ihre E-Mail-Adresse').inputValue()).toBe('person2@example.org')
  await page.getByRole('button', { name: 'Weiter' }).click()
  await page.getByRole('button', { name: 'Anfrage senden' }).click()
  const letter = await letterTo(vendor, 'person2@example.org')
  expect(letter?.subject).toContain('Bitte bestätigen Sie')
  await page.getByRole('link', { name: 'Code aus dem Brief eingeben' }).click()
  const { json } = await vendor.call('agent', 'GET', '/api/v1/cases')
  const [asked] = json.cases as { id: string }[]
  await page.getByLabel('Nummer Ihres Falls').fill(asked?.id ?? '')
  await page.getByLabel('Code', { exact: true }).fill('0')
  await page.getByRole('button', { name: 'Ja, das ist meine Anfrage' }).click()
  expect(await page.getByRole('alert').textContent()).toContain('gelten nicht')
  expect(await barriers(person)).toEqual([])
  await page.getByLabel('Code', { exact: true }).fill(codeIn(letter))
  await page.getByRole('button', { name: 'Ja, das ist meine Anfrage' }).click()
  expect(await page.locator('.secret').textContent()).toMatch(/^([0-9a-z]{4}-){7}[0-9a-z]{4}$/)
  expect(await barriers(person)).toEqual([])
  await page.getByRole('link', { name: 'Meine Anfrage verfolgen' }).click()
  expect(await page.locator('.steps').textContent()).toContain('Sie haben bestätigt, dass Sie es sind.')
  expect(await barriers(person)).toEqual([])

  // A copy is granted by rule; what waits for a person can be taken back.
  const form = { kind: 'erasure', email: 'person3@example.org', words: '' }
  await fetch(`${address}/ask/send?lang=de`, { method: 'POST', body: new URLSearchParams(form) })
  await page.goto(`${address}/confirm/${secretIn(await letterTo(vendor, 'person3@example.org'))}`)
  await page.getByRole('button', { name: 'Ja, das ist meine Anfrage' }).click()
  await waitsForDecision(vendor, 'erasure')
  await page.getByText('Die Anfrage zurücknehmen').first().click()
  await page.getByRole('button', { name: 'Die Anfrage zurücknehmen' }).click()
  expect(await page.getByRole('alert').textContent()).toContain('Setzen Sie den Haken')
  expect(await barriers(person)).toEqual([])
  await page.getByLabel('Ja, ich nehme meine Anfrage zurück').check()
  await page.getByRole('button', { name: 'Die Anfrage zurücknehmen' }).click()
  expect(await page.getByRole('status').textContent()).toBe('Sie haben Ihre Anfrage zurückgenommen.')
  expect(await barriers(person)).toEqual([])
  expect(person.complaints).toEqual([])
})
