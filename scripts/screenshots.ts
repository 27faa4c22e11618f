/** Makes the pictures of the README anew: pages of the invented vendor, in Debian's Chromium. `node scripts/screenshots.ts` */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { journey } from '../demo/journey.ts'
import { openServer } from '../demo/serving.ts'
import { layVendor } from '../demo/vendor.ts'
import { join as joinStaff } from '../test/admin/sign-in.ts'
import { startBrowser } from '../test/browser.ts'
import { buildAdmin } from './build-admin.ts'

const IMAGES = fileURLToPath(new URL('../docs/images', import.meta.url))

/** What is shown: a name for the file, the page, and how to get to what should be seen on it. */
const SHOTS = [
  { name: 'today', path: '/admin', height: 760 },
  { name: 'request', path: '/admin', open: /^Erasure .* waits/, height: 900 },
  { name: 'data-map', path: '/admin/data-map', height: 860 },
] as const

const browser = await startBrowser()
if (browser === undefined) throw new Error('no Chromium is here, nor may one be installed')
await buildAdmin()
mkdirSync(IMAGES, { recursive: true })
const folder = mkdtempSync(join(tmpdir(), 'kept-pictures-'))
const vendor = await layVendor(folder)
try {
  await journey(vendor)
  const server = await openServer(vendor)
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: 'light' })
    if (server.firstLink === undefined) throw new Error('nobody can become administrator')
    await joinStaff(page, server.firstLink)
    for (const { name, path, height, ...rest } of SHOTS) {
      await page.setViewportSize({ width: 1280, height })
      await page.goto(new URL(path, server.publicAddress).href)
      if ('open' in rest)
        await page.getByRole('listitem').filter({ hasText: rest.open }).getByRole('link').first().click()
      await page.waitForLoadState('networkidle')
      await page.screenshot({ path: join(IMAGES, `${name}.png`) })
    }
  } finally {
    await server.close()
  }
} finally {
  await vendor.close()
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
}
