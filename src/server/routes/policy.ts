import { rename, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { z } from 'zod'
import { randomId } from '../../base/ids.ts'
import { type Fault, Faults } from '../../language/fault.ts'
import { comparePolicies } from '../../notice/difference/compare-policies.ts'
import { countDifferences } from '../../notice/difference/difference.ts'
import { builtNotice } from '../../notice/versions/built-notice.ts'
import { policyOfVersion } from '../../notice/versions/publish.ts'
import { checkPolicy } from '../../policy/check.ts'
import { compilePlan } from '../../policy/plan.ts'
import { type Policy, readPolicyBytes } from '../../policy/policy.ts'
import { versionInForce } from '../../policy/version-in-force.ts'
import { refusals } from '../faults.ts'
import { faultTold } from '../places.ts'
import { anyStaff, ofStores, responsible } from '../roles.ts'
import { type Route, route } from '../route.ts'
import type { Tenant } from '../tenant.ts'
import { anything, sha256 } from './shapes.ts'

// A policy file is read up to 1 MB; as JSON it may take twice that.
const POLICY_BYTES = 2_200_000
const text = z.string().max(1_048_576)
const many = z.array(anything).readonly()
const fault = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  what: z.string(),
  mend: z.string(),
  where: z.object({ file: z.string(), line: z.int(), column: z.int(), path: z.string() }).partial().readonly(),
})
const checked = z.object({ ok: z.boolean(), faults: z.array(fault) })

/** The policy file: read, tried out, and written when it holds no faults. */
export function policyRoutes(): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/policy',
      name: 'policy-file.show',
      summary: 'The policy file as it stands, and whether it is the version in force',
      tag: 'policy',
      who: anyStaff,
      answer: z.object({
        text,
        sha256: z.string(),
        inForce: z.object({ date: z.string(), same: z.boolean() }).nullable(),
        faults: z.array(fault),
      }),
      handle: async ({ tenant }) => {
        const { policy, faults } = await tenant.written()
        const version = versionInForce(await tenant.database.versions())
        return {
          body: {
            text: policy.located.source,
            sha256: policy.sha256,
            inForce: version ? { date: version.date, same: version.policy === policy.sha256 } : null,
            faults: faults.map(faultTold),
          },
        }
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/policy/check',
      name: 'policy-file.check',
      summary: 'The faults of a draft with line and column; nothing is kept',
      tag: 'policy',
      who: ofStores,
      act: false,
      bodyBytes: POLICY_BYTES,
      body: z.strictObject({ text }),
      answer: checked,
      handle: async ({ tenant, body }) => {
        const faults = (await tryOut(tenant, body.text)).faults
        return { body: { ok: faults.length === 0, faults: faults.map(faultTold) } }
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/policy/preview',
      name: 'policy-file.preview',
      summary: 'The notice a draft would make, and what it changes for people; nothing is kept',
      tag: 'policy',
      who: ofStores,
      act: false,
      bodyBytes: POLICY_BYTES,
      body: z.strictObject({ text }),
      answer: z.object({ files: many, counts: anything, differences: many }),
      handle: async ({ tenant, body }) => {
        const { policy, faults } = await tryOut(tenant, body.text)
        refuse(faults)
        const { maps } = await tenant.written()
        const files = builtNotice({ policy, plan: compilePlan(policy, maps), history: [] })
        const version = versionInForce(await tenant.database.versions())
        const before = version ? await policyOfVersion(tenant.database, version) : undefined
        const differences = before ? comparePolicies(before, policy) : []
        return { body: { files, counts: countDifferences(differences), differences } }
      },
    }),
    route({
      method: 'put',
      path: '/api/v1/policy',
      name: 'policy-file.write',
      summary: 'Writes the policy file; what people are under changes only when a version is activated',
      tag: 'policy',
      who: responsible,
      bodyBytes: POLICY_BYTES,
      body: z.strictObject({ text, before: sha256.describe('`sha256` of the text that was edited') }),
      answer: z.object({ sha256: z.string() }),
      handle: async ({ tenant, body }) => {
        const written = await tenant.written()
        if (written.policy.sha256 !== body.before) throw refusals.editedMeanwhile()
        const { policy, faults } = await tryOut(tenant, body.text)
        refuse(faults)
        const { file } = written.policy
        const unfinished = `${file}.${randomId(8)}`
        await writeFile(unfinished, body.text, { flag: 'wx' })
        await rename(unfinished, file)
        return { body: { sha256: policy.sha256 } }
      },
    }),
  ]
}

/** The draft in the place of the file, held against the maps as they stand. */
async function tryOut(tenant: Tenant, given: string): Promise<{ policy: Policy; faults: readonly Fault[] }> {
  const { policy: written, maps } = await tenant.written()
  const { policy, faults } = readPolicyBytes(basename(written.file), new TextEncoder().encode(given))
  if (faults.some(({ severity }) => severity === 'error')) return { policy, faults }
  return { policy, faults: [...faults, ...checkPolicy(compilePlan(policy, maps), maps)] }
}

function refuse(faults: readonly Fault[]): void {
  const errors = faults.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new Faults(errors)
}
