/** The record of processing in a real browser: at 320 px, without barriers that axe knows, and without a script. */
import { join } from 'node:path'
import axe from 'axe-core'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exportArticle30 } from '../src/exchange/article-30/export.ts'
import { compilePlan } from '../src/policy/plan.ts'
import { readPolicy } from '../src/policy/policy.ts'
import { readStoreMaps, storesDirectory } from '../src/policy/stores.ts'
import { startBrowser } from './browser.ts'
import { ROOT } from './checkout.ts'

const MINUTE = 60_000

let browser: Browser | undefined
beforeAll(async () => {
  browser = await startBrowser()
}, 3 * MINUTE)
afterAll(() => browser?.close())

async function record(language: 'en' | 'de'): Promise<string> {
  const file = join(ROOT, 'demo/larkspur/kept.yaml')
  const { policy } = await readPolicy(file)
  const { maps } = await readStoreMaps(storesDirectory(file), policy)
  const { files } = exportArticle30(compilePlan(policy, maps), maps, language)
  return files.find(({ name }) => name.endsWith('.html'))?.text ?? ''
}

/** What axe finds, by its rule. */
async function barriers(html: string, width: number): Promise<readonly string[]> {
  if (browser === undefined) throw new Error('no browser')
  const page = await browser.newPage({ viewport: { width, height: 800 } })
  try {
    await page.setContent(html)
    await page.evaluate(axe.source)
    const found = await page.evaluate('axe.run().then((run) => run.violations.map((one) => one.id))')
    const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
    return [...(found as string[]), ...(Number(wide) > 0 ? [`scrolls sideways by ${wide} px`] : [])]
  } finally {
    await page.close()
  }
}

test.for(['en', 'de'] as const)(
  'the page in %s has no barrier, on a screen and on a telephone',
  async (language, context) => {
    if (browser === undefined) return context.skip('Chromium is not there')
    const html = await record(language)
    expect(await barriers(html, 1024)).toEqual([])
    expect(await barriers(html, 320)).toEqual([])
  },
)

test('a barrier that is planted is found', async (context) => {
  if (browser === undefined) return context.skip('Chromium is not there')
  const html = (await record('en')).replace(' lang="en"', '').replace('<p>', '<p style="color:#eee;width:900px">')
  const found = await barriers(html, 320)
  expect(found).toContain('html-has-lang')
  expect(found).toContain('color-contrast')
  expect(found.at(-1)).toMatch(/^scrolls sideways/)
})
