/** A test that builds or scaffolds works in a copy: the checkout itself is never written to. */
import { cpSync, existsSync, mkdtempSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inject } from 'vitest'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))

const COPIED = [
  ...['src', 'test', 'scripts', 'bin', 'package.json', 'README.md', 'LICENSE'],
  ...['tsconfig.json', 'tsconfig.build.json', 'vitest.config.ts'],
]

/** A copy of the checkout's sources in the run's folder, with the same installed packages. */
export function copyOfCheckout(): string {
  const folder = mkdtempSync(join(inject('runFolder'), 'checkout-'))
  for (const entry of COPIED.filter((name) => existsSync(join(ROOT, name)))) {
    cpSync(join(ROOT, entry), join(folder, entry), { recursive: true })
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  return folder
}
