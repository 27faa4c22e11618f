/** The notice as people meet it: on a telephone, in the dark, by keyboard, on paper, and without a barrier that axe knows. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { buildNotice } from '../src/notice/build.ts'
import { htmlOf } from '../src/notice/html.ts'
import { languages, wordsOf } from '../src/notice/words.ts'
import { startBrowser } from './browser.ts'
import { ROOT } from './checkout.ts'

const DEMO = 'demo/larkspur/kept.yaml'
const POLICIES = [DEMO, 'examples/kerio/kept.yaml', 'examples/kaseya/kept.yaml']
const NONE = 'no Chromium is here, nor may one be installed'
const long = 'Telekommunikationsüberwachungsverordnungsdurchführungsbestimmung'

let browser: Browser | undefined

beforeAll(async () => {
  browser = await startBrowser()
}, 300_000)
afterAll(() => browser?.close())

const plainPage = (language: (typeof languages)[number], file: string): string =>
  htmlOf(buildNotice({ policy: parse(readFileSync(join(ROOT, file), 'utf8')), enforced: new Set() }, wordsOf(language)))

const page = (language: (typeof languages)[number], file: string): string => {
  const policy = parse(readFileSync(join(ROOT, file), 'utf8'))
  // Words that are longer than a telephone is wide, and an address of the same sort.
  policy.recourse = {
    ...policy.recourse,
    longest: { is: 'contact', at: [`https://${long}.example/${'a'.repeat(90)}`, long] },
  }
  const history = [{ date: '2026-12-01', changes: [{ text: long, effect: 'neutral' as const }] }]
  return htmlOf(buildNotice({ policy, enforced: new Set(['rights.access']), history }, wordsOf(language)))
}

const withPage = async <Result>(
  html: string,
  look: { readonly width: number; readonly colorScheme: 'light' | 'dark' },
  use: (page: Page) => Promise<Result>,
): Promise<Result> => {
  if (browser === undefined) throw new Error(NONE)
  const { width, colorScheme } = look
  const opened = await browser.newPage({ viewport: { width, height: 800 }, colorScheme })
  try {
    await opened.setContent(html)
    return await use(opened)
  } finally {
    await opened.close()
  }
}

const looks = [320, 1280].flatMap((width) =>
  (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
)
const cases = POLICIES.flatMap((file) => languages.map((language) => [file, language] as const))

describe.each(cases)('the notice of %s in %s', (file, language) => {
  test('has no barrier that axe finds, and never scrolls sideways', async ({ skip }) => {
    if (browser === undefined) return skip(NONE)
    for (const look of looks)
      await withPage(page(language, file), look, async (opened) => {
        const wide = await opened.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        expect([look, wide]).toEqual([look, 0])
        // The pages are made alike: the one of all sixteen kinds stands for the others.
        if (file !== DEMO) return
        await opened.evaluate(axe.source)
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
        const found = await opened.evaluate(`axe.run({ runOnly: ${JSON.stringify(tags)} }).then((run) => ({
          violations: run.violations.map((one) => one.id + ' ' + one.nodes[0].html), passes: run.passes.length }))`)
        expect(found).toMatchObject({ violations: [] })
        expect((found as { passes: number }).passes).toBeGreaterThan(15)
      })
  })
})

test('axe does find a barrier where one is put', async ({ skip }) => {
  if (browser === undefined) return skip(NONE)
  const broken = page('en', DEMO).replace('<html lang="en"', '<html').replace('<h1>', '<h1 style="color:#ccc">')
  const found = await withPage(broken, { width: 1280, colorScheme: 'light' }, async (opened) => {
    await opened.evaluate(axe.source)
    return opened.evaluate('axe.run().then((run) => run.violations.map((one) => one.id))')
  })
  expect(found).toEqual(expect.arrayContaining(['html-has-lang', 'color-contrast']))
})

test('the short layer is a screenful, the first key leads past it, and rows of small screens are rows to a screen reader', async ({
  skip,
}) => {
  if (browser === undefined) return skip(NONE)
  const html = plainPage('en', DEMO)
  await withPage(html, { width: 1280, colorScheme: 'light' }, async (opened) => {
    expect((await opened.locator('.short').boundingBox())?.height).toBeLessThan(720)
    await opened.keyboard.press('Tab')
    expect(await opened.evaluate(() => document.activeElement?.getAttribute('href'))).toBe('#notice')
    expect((await opened.locator('.skip').boundingBox())?.x).toBeGreaterThanOrEqual(0)
  })
  await withPage(html, { width: 320, colorScheme: 'dark' }, async (opened) => {
    expect(await opened.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(20, 23, 26)')
    const table = opened.getByRole('table', { name: 'Kinds of data, and what we call them' })
    expect(await table.getByRole('row').count()).toBeGreaterThan(10)
    expect(await table.getByRole('rowheader', { name: 'your e-mail address' }).count()).toBe(1)
  })
})

test('on paper there is no navigation, and the words are black', async ({ skip }) => {
  if (browser === undefined) return skip(NONE)
  await withPage(page('de', DEMO), { width: 1280, colorScheme: 'dark' }, async (opened) => {
    await opened.emulateMedia({ media: 'print', colorScheme: 'light' })
    expect(await opened.locator('nav').isVisible()).toBe(false)
    expect(await opened.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(0, 0, 0)')
    expect(await opened.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)')
  })
})
