/** The run ends with which servers ran, every skipped test with its reason, and one plain line of numbers. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Reporter, SerializedError, TestCase, TestModule, TestRunEndReason, Vitest } from 'vitest/node'

const NO_REASON = 'no reason given: use context.skip(reason)'

function allTests(modules: readonly TestModule[], state: 'passed' | 'failed' | 'skipped'): TestCase[] {
  return modules.flatMap((module) => [...module.children.allTests(state)])
}

/** A file that could not be loaded, or whose hooks failed, counts as one failure: its tests never said anything. */
function brokenModules(modules: readonly TestModule[]): number {
  return modules.filter((module) => !module.ok() && [...module.children.allTests('failed')].length === 0).length
}

function reasonOf(test: TestCase): string {
  const result = test.result()
  if (result.state === 'skipped' && result.note) return result.note
  return test.options.mode === 'run' && !test.module.ok() ? 'not run, a hook before it failed' : NO_REASON
}

/** Adds the closing lines to whatever reporter runs before it. */
export default class ClosingLine implements Reporter {
  #vitest: Vitest | undefined

  onInit(vitest: Vitest): void {
    this.#vitest = vitest
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[], reason: TestRunEndReason): void {
    const passed = allTests(modules, 'passed').length
    const failed = allTests(modules, 'failed').length + brokenModules(modules) + errors.length
    const skipped = allTests(modules, 'skipped')
    // Tests outside a name pattern are not skipped by their author: they were not asked for.
    if (!this.#vitest?.config.testNamePattern) {
      for (const test of skipped)
        console.log(`skipped: ${test.module.relativeModuleId} > ${test.fullName}: ${reasonOf(test)}`)
    }
    console.log(`Servers: ${this.#servers()}`)
    if (reason === 'interrupted') console.log('The run was interrupted.')
    const tail = skipped.length > 0 ? `, ${skipped.length} skipped` : ''
    console.log(`${passed} passed, ${failed} failed${tail}`)
  }

  #servers(): string {
    const folder = this.#vitest?.getRootProject().getProvidedContext().runFolder
    const file = folder ? join(folder, 'servers.txt') : ''
    if (!existsSync(file)) return 'none was needed'
    const versions = readFileSync(file, 'utf8').trim().split('\n')
    return [...new Set(versions)].sort().join(', ')
  }
}
