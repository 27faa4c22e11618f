/** The page of a status as people meet it: on a telephone, in the dark, filtered by its links, without script. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { statusPage } from '../src/status/page.ts'
import type { SentenceState, SentenceStatus } from '../src/status/sentences.ts'
import type { CommitmentStatus } from '../src/status/status.ts'
import { startBrowser } from './browser.ts'

const STATES = ['broken', 'task', 'unproven', 'kept', 'not-a-promise'] as const

const sentence = (index: number, state: SentenceState): SentenceStatus => ({
  id: `notice#${index}`,
  quote: '',
  text: `Sentence ${index}, ${'with-one-long-word-'.repeat(6)} and <script>document.title = 'ran'</script>.`,
  section: index < 4 ? 'First' : 'Second',
  heading: false,
  disposition: 'machine',
  label: 'deletion',
  commitments: ['rights.erasure'],
  state,
  why: 'somebody has looked',
  since: null,
  gates: [],
  probes: [],
  checked: null,
  evidence: null,
  task: null,
})

const commitment: CommitmentStatus = {
  commitment: 'rights.erasure',
  kind: 'rights',
  status: 'kept',
  why: 'proven',
  gate: 'requests',
  probe: 'request.proof',
  checked: null,
  since: null,
  evidence: 1,
  request: null,
  task: null,
  where: {},
  source: ['notice#1'],
}

let browser: Browser | undefined
let folder: string
let address: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kept-page-'))
  const html = statusPage({
    controller: 'Fernweh Ltd',
    at: '2026-11-22T12:00:00.000Z',
    policy: 'a'.repeat(64),
    sentences: STATES.map((state, index) => sentence(index + 1, state)),
    totals: { kept: 1, broken: 1, unproven: 1, task: 1, 'not-a-promise': 1 },
    commitments: [commitment],
    counts: { kept: 1, broken: 0, unproven: 0, task: 0 },
  })
  writeFileSync(join(folder, 'status.html'), html)
  address = pathToFileURL(join(folder, 'status.html')).href
  browser = await startBrowser()
}, 300_000)
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

const look = async <T>(
  options: NonNullable<Parameters<Browser['newPage']>[0]>,
  use: (page: Page) => Promise<T>,
): Promise<T> => {
  if (browser === undefined) throw new Error('there is no browser')
  const page = await browser.newPage(options)
  try {
    await page.goto(address)
    return await use(page)
  } finally {
    await page.close()
  }
}

const shownOf = (page: Page) =>
  page
    .locator('.document li')
    .evaluateAll((items) => items.filter((item) => item.getClientRects().length > 0).map((item) => item.className))

test('it fits a telephone of 320 px, however long a word is', async (context) => {
  if (browser === undefined) return context.skip('there is no Chromium')
  const wider = await look({ viewport: { width: 320, height: 600 } }, (page) =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  )
  expect(wider).toBe(0)
})

test('its links show one state alone, and all again, without script', async (context) => {
  if (browser === undefined) return context.skip('there is no Chromium')
  await look({ javaScriptEnabled: false }, async (page) => {
    expect(await shownOf(page)).toHaveLength(6)
    for (const state of STATES) {
      await page.locator(`nav a[href="#only-${state}"]`).click()
      expect(await shownOf(page), state).toEqual(state === 'kept' ? ['kept', 'kept'] : [state])
      await page.locator(`#only-${state} a`).click()
      expect(await shownOf(page)).toHaveLength(6)
    }
  })
})

test('words of a notice never run', async (context) => {
  if (browser === undefined) return context.skip('there is no Chromium')
  const asked: string[] = []
  const title = await look({}, async (page) => {
    page.on('request', (request) => asked.push(request.url()))
    await page.reload()
    return page.title()
  })
  expect(title).toBe('What Fernweh Ltd promises, and how it stands')
  expect(asked).toEqual([address])
})

/** Contrast of every text against the page (WCAG 2.2, 1.4.3), the lowest; from what the browser draws. */
const lowestContrast = (page: Page) =>
  page.evaluate(() => {
    const light = (colour: string): number => {
      const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => {
        const value = Number(part) / 255
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
    const ground = light(getComputedStyle(document.body).backgroundColor)
    const contrasts = [...document.querySelectorAll('main *')].map((element) => {
      const ink = light(getComputedStyle(element).color)
      return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05)
    })
    return { lowest: Math.min(...contrasts), ground }
  })

test('every colour can be read, by day and in the dark', async (context) => {
  if (browser === undefined) return context.skip('there is no Chromium')
  const day = await look({ colorScheme: 'light' }, lowestContrast)
  const dark = await look({ colorScheme: 'dark' }, lowestContrast)
  expect(day.lowest).toBeGreaterThanOrEqual(4.5)
  expect(dark.lowest).toBeGreaterThanOrEqual(4.5)
  expect(dark.ground).toBeLessThan(day.ground)
})
