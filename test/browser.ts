/** Tests of written pages look at them in a real Chromium: Debian's, installed where that may be done. */
import { type Browser, chromium } from 'playwright-core'
import { havePrograms } from './debian.ts'

const PROGRAM = '/usr/bin/chromium'

/** A running Chromium, or undefined where there is none, which was printed. Who starts it closes it. */
export async function startBrowser(): Promise<Browser | undefined> {
  if (!(await havePrograms([PROGRAM], ['chromium']))) return undefined
  // Root has no sandbox to give; the pages are ours and load nothing.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({ executablePath: PROGRAM, args })
}
