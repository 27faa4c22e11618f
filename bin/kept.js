#!/usr/bin/env node
// The command `kept`: from the TypeScript sources in a checkout, from dist in the published package.
import { existsSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cacheFolder, LaunchFault, stopWith } from './launch-fault.mjs'
import { isFittingNode, OLDEST_FOR_PACKAGE, OLDEST_FOR_SOURCES } from './node.mjs'

const sources = new URL('../src/cli/main.ts', import.meta.url)
const built = new URL('../dist/cli/main.js', import.meta.url)
const isCheckout = existsSync(sources)

function checkInstalled() {
  if (!isCheckout || existsSync(new URL('../node_modules/commander', import.meta.url))) return
  const folder = fileURLToPath(new URL('..', import.meta.url))
  throw new LaunchFault(`What Kept needs is not installed in ${folder}.`, 'Run npm install there first.')
}

try {
  if (isFittingNode(isCheckout ? OLDEST_FOR_SOURCES : OLDEST_FOR_PACKAGE)) {
    checkInstalled()
    nodeModule.enableCompileCache?.(join(cacheFolder(), 'compiled'))
    await import((isCheckout ? sources : built).href)
  }
} catch (fault) {
  stopWith(fault)
}
