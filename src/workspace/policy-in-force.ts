import { dirname, join, resolve } from 'node:path'
import { sha256Hex } from '../base/hash.ts'
import { Faults } from '../language/fault.ts'
import { tampered } from '../notice/versions/version-faults.ts'
import { compilePlan } from '../policy/plan.ts'
import { readPolicyBytes } from '../policy/policy.ts'
import { readStoreMaps, storesDirectory } from '../policy/stores.ts'
import { versionInForce } from '../policy/version-in-force.ts'
import type { Versions } from '../records.ts'
import type { Surroundings } from './surroundings.ts'
import type { CommonOptions, ReadFiles } from './workspace.ts'

/**
 * The policy that people are under: the version in force, however the file was changed since; the file itself before any
 * version took effect. The store maps beside the file are read against it. Throws `Faults`; fault `notice.tampered`.
 */
export async function inForce(
  surroundings: Surroundings,
  options: CommonOptions,
  files: ReadFiles,
  versions: Versions,
): Promise<ReadFiles> {
  const version = versionInForce(await versions.versions())
  if (version === undefined || version.policy === files.policy.sha256) return faultless(files)
  const { policyText = '' } = (await versions.versionContent(version.number)) ?? {}
  if (sha256Hex(policyText) !== version.policy) throw tampered(version.date, 'its policy has another hash')
  const file = resolve(surroundings.cwd, options.policy)
  surroundings.err(
    `kept: ${options.policy} is not the version in force; this goes by the version of ${version.date}.\n`,
  )
  // A name without .yaml: no line of the file is shown for a fault of what it no longer holds.
  const name = join(dirname(file), `version of ${version.date}`)
  const { policy, faults } = readPolicyBytes(name, new TextEncoder().encode(policyText))
  const read = await readStoreMaps(storesDirectory(file), policy)
  return faultless({
    policy,
    maps: read.maps,
    partial: read.partial,
    plan: compilePlan(policy, read.maps),
    faults: [...faults, ...read.faults],
  })
}

function faultless(files: ReadFiles): ReadFiles {
  const errors = files.faults.filter((fault) => fault.severity === 'error')
  if (errors.length > 0) throw new Faults(errors)
  return files
}
