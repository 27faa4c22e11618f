/** Passkeys in a real Chromium with an authenticator of its own, and the pages without a barrier that axe knows. */
import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import axe from 'axe-core'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startBrowser } from '../browser.ts'
import { modes } from '../database-modes.ts'
import { freePort } from '../free-port.ts'
import { codeOf, type House, openHouse, PASSWORD } from './staff-house.ts'

const NONE = 'no Chromium is here, nor may one be installed'

let browser: Browser | undefined
let house: House
let server: Server
let address: string

beforeAll(async () => {
  browser = await startBrowser()
  const port = await freePort()
  address = `http://localhost:${port}`
  house = await openHouse(modes[0] ?? raise(), { address })
  server = serve({ fetch: (request) => house.fetch(request), port, hostname: '127.0.0.1' }) as Server
}, 300_000)
afterAll(async () => {
  await browser?.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await house.close()
})

function raise(): never {
  throw new Error('there is no mode of the database')
}

interface Key {
  readonly page: Page
  readonly cdp: CDPSession
  readonly id: string
}

/** A page whose device has an authenticator that answers at once. */
async function withKey(opened: Browser): Promise<Key> {
  const context = await opened.newContext({ viewport: { width: 1280, height: 900 } })
  context.setDefaultTimeout(40_000)
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { page, cdp, id: authenticatorId }
}

async function barriers({ page, cdp }: Key): Promise<string[]> {
  const found: string[] = []
  for (const look of [
    { width: 320, colorScheme: 'light' as const },
    { width: 1280, colorScheme: 'dark' as const },
  ]) {
    await page.setViewportSize({ width: look.width, height: 900 })
    await page.emulateMedia({ colorScheme: look.colorScheme })
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (wide > 0) found.push(`scrolls sideways by ${wide} at ${look.width}`)
    // The page's own policy lets no foreign script in: axe comes by the debugger, in a world of its own.
    found.push(...((await run(cdp, axe.source, look.width)) as string[]))
  }
  return found
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

async function run(cdp: CDPSession, source: string, width: number): Promise<unknown> {
  await cdp.send('Runtime.evaluate', { expression: source })
  const { result } = await cdp.send('Runtime.evaluate', {
    expression: `axe.run({ runOnly: ${JSON.stringify(TAGS)} }).then((run) => run.violations.map((one) => '${width} ' + one.id + ' ' + one.nodes[0].html))`,
    awaitPromise: true,
    returnByValue: true,
  })
  return result.value
}

const places = (page: Page) => new URL(page.url()).pathname

it('makes a passkey by a link, signs in with it, and asks for it again', { timeout: 120_000 }, async ({ skip }) => {
  if (browser === undefined) return skip(NONE)
  const key = await withKey(browser)
  const { page, cdp, id } = key
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await page.goto(`${address}/staff/join?link=${await house.link({ email: 'pia@kept.example' })}`)
  expect(await barriers(key)).toEqual([])
  await page.getByLabel('Your name').fill('Pia')
  await page.getByRole('button', { name: 'Make a passkey' }).click()
  await page.waitForURL(`${address}/staff`)
  expect(await page.getByText('You are signed in as').textContent()).toContain('Pia')
  expect(await barriers(key)).toEqual([])

  await page.getByRole('button', { name: 'Sign out here' }).click()
  expect(places(page)).toBe('/staff/sign-in')
  expect(await barriers(key)).toEqual([])
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.waitForURL(`${address}/staff`)

  await page.goto(`${address}/staff/confirm?to=/staff`)
  expect(await barriers(key)).toEqual([])
  await page.getByRole('button', { name: 'Confirm with a passkey' }).click()
  await page.waitForURL(`${address}/staff`)
  expect(await house.facts()).toEqual(expect.arrayContaining(['staff.joined/1', 'staff.signed-in/1']))
  // The pages' own policy has refused nothing of theirs.
  expect(complaints).toEqual([])

  // A device that asked nobody for a finger or a PIN shows one factor only.
  await page.getByRole('button', { name: 'Sign out here' }).click()
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId: id, isUserVerified: false })
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await page.locator('#told:not([hidden])').waitFor()
  expect(places(page)).toBe('/staff/sign-in')
  await page.goto(`${address}/staff`)
  expect(places(page)).toBe('/staff/sign-in')
  await page.context().close()
})

it('joins and signs in with password and app, without any script', { timeout: 120_000 }, async ({ skip }) => {
  if (browser === undefined) return skip(NONE)
  const context = await browser.newContext({ javaScriptEnabled: false })
  context.setDefaultTimeout(40_000)
  const page = await context.newPage()
  await page.goto(`${address}/staff/join?link=${await house.link({ email: 'rolf@kept.example' })}`)
  await page.getByLabel('Your name').fill('Rolf')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Go on with a password' }).click()
  const secret = ((await page.locator('#secret').textContent()) ?? '').replaceAll(' ', '')
  expect(await page.locator('#recovery-codes li').count()).toBe(10)
  await page.getByLabel('Code').fill(codeOf(secret))
  await page.getByRole('button', { name: 'Finish' }).click()
  await page.waitForURL(`${address}/staff`)
  await page.getByRole('button', { name: 'Sign out here' }).click()
  await page.getByLabel('E-mail address').fill('rolf@kept.example')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByLabel('Code').fill('000000')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  expect(await page.getByRole('alert').first().textContent()).toContain('did not fit')
  await page.getByLabel('E-mail address').fill('rolf@kept.example')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByLabel('Code').fill(codeOf(secret, 1))
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL(`${address}/staff`)
  await context.close()
})

it('shows the page of the app without a barrier, and axe finds one where it is put', { timeout: 120_000 }, async ({
  skip,
}) => {
  if (browser === undefined) return skip(NONE)
  const key = await withKey(browser)
  const { page } = key
  await page.goto(`${address}/staff/join?link=${await house.link({ email: 'uma@kept.example' })}`)
  await page.getByLabel('Your name').fill('Uma')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Go on with a password' }).click()
  await page.locator('#secret').waitFor()
  expect(await barriers(key)).toEqual([])
  await page.evaluate(() => document.querySelector('label')?.remove())
  expect((await barriers(key)).join(' ')).toContain('label')
  await page.context().close()
})
