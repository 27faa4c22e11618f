/** The administration in a real Chromium, on the invented vendor's server: whole journeys, by keyboard and pointer. */
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join as joined } from 'node:path'
import axe from 'axe-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openServer } from '../../demo/serving.ts'
import { layVendor, type Vendor } from '../../demo/vendor.ts'
import { buildAdmin } from '../../scripts/build-admin.ts'
import { verifyPack } from '../../src/database/evidence/verify.ts'
import type { RunningServer } from '../../src/server/serve.ts'
import { startBrowser } from '../browser.ts'
import { freePort } from '../free-port.ts'
import { join } from './sign-in.ts'

const NONE = 'no Chromium is here, nor may one be installed'
const MINUTE = 60_000
const PATIENT = { timeout: 40_000 }

let browser: Browser | undefined
let folder: string
let vendor: Vendor
let server: RunningServer
let context: BrowserContext
let page: Page
/** What went wrong in the pages themselves. */
const wrong: string[] = []

beforeAll(async () => {
  browser = await startBrowser()
  if (browser === undefined) return
  await buildAdmin()
  folder = mkdtempSync(joined(tmpdir(), 'kept-admin-'))
  vendor = await layVendor(folder)
  server = await openServer(vendor, [await freePort()])
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  context.setDefaultTimeout(40_000)
  page = await context.newPage()
  page.on('pageerror', (error) => wrong.push(error.message))
  page.on('console', (message) => {
    const { url } = message.location()
    if (message.type() === 'error' && !url.endsWith('/favicon.ico')) wrong.push(`${message.text()} ${url}`)
  })
  if (server.firstLink === undefined) throw new Error('nobody can become administrator')
  await join(page, server.firstLink)
}, 5 * MINUTE)
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await vendor?.close()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

const open = (path: string) => page.goto(new URL(path, server.publicAddress).href)

/** What axe finds on the page as it is. */
async function barriers(): Promise<string[]> {
  const { violations } = (await page.evaluate(`${axe.source}; axe.run(document, { resultTypes: ['violations'] })`)) as {
    violations: { id: string; nodes: { target: string[] }[] }[]
  }
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
}

it(
  'an officer answers an access request with a namesake among the candidates, by keyboard alone',
  async (given) => {
    if (browser === undefined) return given.skip(NONE)
    await open('/admin')
    await page.getByRole('link', { name: /^Copy of their data/ }).press('Enter')
    await page.getByRole('heading', { level: 1, name: /^Copy of their data/ }).waitFor()
    const namesake = page.getByRole('group', { name: /Same name: helpdesk, contacts/ })
    expect(await namesake.getByRole('radio', { name: 'somebody else' }).isChecked()).toBe(true)
    await page.getByRole('button', { name: 'Approve' }).press('Enter')
    await page.getByText('Nothing. It was carried out and proven.').waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download the copy' }).press('Enter'),
    ])
    const copy = await readFile(await download.path())
    expect(copy.subarray(0, 2).toString()).toBe('PK')
    expect(wrong).toEqual([])
  },
  3 * MINUTE,
)

it(
  'an erasure is looked at, approved and proven; what was not looked at cannot be approved',
  async (given) => {
    if (browser === undefined) return given.skip(NONE)
    await open('/admin')
    await page
      .getByRole('link', { name: /^Erasure/ })
      .first()
      .click()
    const approve = page.getByRole('button', { name: 'Approve the erasure' })
    expect(await approve.isDisabled()).toBe(true)
    await page.getByRole('checkbox').check()
    await approve.click()
    await page.getByText('Nothing. It was carried out and proven.').waitFor()
    await page.getByText('Rows of other people touched: 0.').waitFor()
    await page.getByRole('link', { name: /^entries/ }).click()
    await page.getByText('request.proven/1').first().waitFor()
    expect(wrong).toEqual([])
  },
  3 * MINUTE,
)

it(
  'a policy change goes from edit to notice to activation, with its faults told while it is typed',
  async (given) => {
    if (browser === undefined) return given.skip(NONE)
    await open('/admin/policy')
    const text = page.getByLabel('Text of the policy')
    await text.waitFor()
    const before = await text.inputValue()
    await text.fill(before.replace('eu-gdpr:A6-1-b', 'eu-gdpr:A6-1-bb'))
    await page.getByText(/1 error/).waitFor()
    expect(await page.getByRole('button', { name: 'Save the file' }).isDisabled()).toBe(true)
    const today = new Date().toISOString().slice(0, 10)
    await text.fill(
      before.replace('words: where we deliver', 'words: the place where we deliver').replaceAll('2026-11-01', today),
    )
    await page.getByText('No faults.').waitFor()
    // What was typed is there again after the page was left.
    await page.reload()
    await page.getByText('No faults.').waitFor()
    await page.getByRole('button', { name: 'Save the file' }).click()
    await expect
      .poll(async () => await page.getByRole('button', { name: 'Save the file' }).isDisabled(), PATIENT)
      .toBe(true)
    await page.getByRole('button', { name: 'Build the notice' }).click()
    await page.getByText('notice.en.html').click()
    await page.frameLocator('iframe').first().getByText('the place where we deliver').first().waitFor()

    await page.getByRole('link', { name: 'Versions and publication' }).click()
    await page.getByRole('button', { name: 'Publish the file as a version' }).click()
    await page.getByText('not in force').waitFor()
    const shown = await servePage()
    try {
      // A page that shows something else is no evidence.
      await page.getByLabel('Where people find this version').fill(`${shown.address}/other`)
      await page.getByRole('button', { name: 'Let it take effect' }).click()
      await page.getByRole('alert').waitFor()
      await page.getByLabel('Where people find this version').fill(`${shown.address}/privacy`)
      await page.getByRole('button', { name: 'Let it take effect' }).click()
      await page.getByText('in force', { exact: true }).waitFor()
    } finally {
      shown.server.close()
    }
  },
  3 * MINUTE,
)

/** The vendor's web site: the published notice at /privacy, something else everywhere else. */
async function servePage(): Promise<{ server: Server; address: string }> {
  const site = createServer((request, response) => {
    void (async () => {
      const [version] = (await vendor.database.versions()).slice(-1)
      const content = version && (await vendor.database.versionContent(version.number))
      const notice = content?.files.find(({ path }) => path === 'notice.en.html')?.text ?? ''
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      response.end(request.url === '/privacy' ? notice : '<p>Under construction.</p>')
    })()
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  return { server: site, address: `http://127.0.0.1:${(site.address() as AddressInfo).port}` }
}

it(
  'an auditor downloads a pack and verifies it elsewhere',
  async (given) => {
    if (browser === undefined) return given.skip(NONE)
    await open('/admin/evidence')
    await page.getByRole('button', { name: 'Verify now' }).click()
    await page.getByText('All entries hang together, and the signature is right.').waitFor()
    const key = (await page.locator('dd.mono').nth(1).textContent()) ?? ''
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download the pack' }).click(),
    ])
    expect(await verifyPack(await readFile(await download.path()), { key })).toMatchObject({ ok: true })
  },
  3 * MINUTE,
)

it(
  'a finding is taken into the store map, shown as a difference first',
  async (given) => {
    if (browser === undefined) return given.skip(NONE)
    await open('/admin/stores/shop')
    await page.getByRole('button', { name: 'Look for personal data' }).click()
    await page.getByRole('button', { name: 'Accept that referred_by holds email' }).click()
    await page.getByText('comes: +').first().waitFor()
    const file = joined(folder, 'stores', 'shop.yaml')
    expect(await readFile(file, 'utf8')).not.toContain('referred_by')
    await page.getByRole('button', { name: 'Write it into the map' }).click()
    await expect.poll(async () => await readFile(file, 'utf8'), PATIENT).toContain('referred_by: email')
  },
  3 * MINUTE,
)

const PAGES = [
  '/admin',
  '/admin/requests',
  '/admin/requests?state=denied',
  '/admin/status',
  '/admin/policy',
  '/admin/policy/versions',
  '/admin/stores',
  '/admin/stores/helpdesk',
  '/admin/data-map',
  '/admin/retention',
  '/admin/evidence',
  '/admin/nowhere',
]

it.each(['light', 'dark'] as const)(
  'no page has a barrier that axe knows, nor is wider than a small screen: %s',
  async (colorScheme) => {
    if (browser === undefined) return
    await page.emulateMedia({ colorScheme })
    const found: string[] = []
    for (const path of PAGES) {
      await page.setViewportSize({ width: 1280, height: 900 })
      await open(path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await expect.poll(async () => await page.getByText('Reading…').count(), PATIENT).toBe(0)
      for (const barrier of await barriers()) found.push(`${path}: ${barrier}`)
      await page.setViewportSize({ width: 320, height: 800 })
      const over = (await page.evaluate('document.documentElement.scrollWidth - innerWidth')) as number
      if (over > 0) found.push(`${path}: ${over} px wider than the screen`)
    }
    expect(found).toEqual([])
  },
  5 * MINUTE,
)
