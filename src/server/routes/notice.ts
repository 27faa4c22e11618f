import { z } from 'zod'
import { comparePolicies } from '../../notice/difference/compare-policies.ts'
import { countDifferences } from '../../notice/difference/difference.ts'
import { activateVersion } from '../../notice/versions/activate.ts'
import { builtNotice } from '../../notice/versions/built-notice.ts'
import { pageEvidence } from '../../notice/versions/page.ts'
import { policyOfVersion, publishVersion } from '../../notice/versions/publish.ts'
import { storedVersions } from '../../notice/versions/stored.ts'
import { versionDocument } from '../../notice/versions/version-pages.ts'
import { versionInForce } from '../../policy/version-in-force.ts'
import { faultless } from '../faultless.ts'
import { refusals } from '../faults.ts'
import { anyStaff, responsible } from '../roles.ts'
import { type Route, route } from '../route.ts'
import type { Tenant } from '../tenant.ts'
import { anything, dayText } from './shapes.ts'

const many = z.array(anything).readonly()
const version = z.looseObject({ number: z.int(), date: z.string(), effective: z.string(), inForce: z.boolean() })
const params = z.object({ date: dayText })

/** Versions of the policy and its notice. */
export function noticeRoutes(): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/notice/versions',
      name: 'versions.list',
      summary: 'The published versions, each held against the evidence log',
      tag: 'notice',
      who: anyStaff,
      answer: z.object({
        whole: z.boolean(),
        inForce: z.string().nullable(),
        versions: z.array(version),
        missing: many,
      }),
      handle: async ({ tenant: { database } }) => {
        const { stored, missing } = await storedVersions(database)
        const inForce = versionInForce(stored.map((one) => one.version))
        const versions = stored.map(({ version: one, problem }) => ({
          ...versionDocument(one, one.number === inForce?.number),
          problem: problem ?? null,
        }))
        const whole = missing.length === 0 && versions.every(({ problem }) => problem === null)
        return { body: { whole, inForce: inForce?.date ?? null, versions, missing } }
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/notice/versions/{date}',
      name: 'versions.show',
      summary: 'A version with its policy and the files of its notice',
      tag: 'notice',
      who: anyStaff,
      params,
      answer: version,
      handle: async ({ tenant: { database }, params: { date } }) => {
        const known = await database.versions()
        const found = known.find((one) => one.date === date)
        const content = found && (await database.versionContent(found.number))
        if (found === undefined || content === undefined) throw refusals.noSuch()
        const inForce = versionInForce(known)?.number === found.number
        return { body: { ...versionDocument(found, inForce), policyText: content.policyText, files: content.files } }
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/notice/differences',
      name: 'versions.compare',
      summary: 'What changed between two versions; without `after`, up to the policy file as it stands',
      tag: 'notice',
      who: anyStaff,
      query: z.strictObject({ before: dayText, after: dayText.optional() }),
      answer: z.object({ counts: anything, differences: many }),
      handle: async ({ tenant, query }) => {
        const before = await policyOn(tenant, query.before)
        const after = query.after === undefined ? (await tenant.written()).policy : await policyOn(tenant, query.after)
        const differences = comparePolicies(before, after)
        return { body: { counts: countDifferences(differences), differences } }
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/notice/versions',
      name: 'versions.publish',
      summary: 'Records the policy file as a version; it takes effect when it is activated',
      tag: 'notice',
      who: responsible,
      secondFactor: true,
      body: z.strictObject({ date: dayText.optional() }),
      answer: z.object({ isNew: z.boolean(), version }),
      handle: async ({ tenant, body, now }) => {
        const { database } = tenant
        const { policy, plan } = faultless(await tenant.written())
        const published = await publishVersion({
          policy,
          policyText: policy.located.source,
          plan,
          versions: database,
          build: builtNotice,
          now,
          ...(body.date === undefined ? {} : { date: body.date }),
        })
        const inForce = versionInForce(await database.versions())?.number === published.version.number
        return { body: { isNew: published.isNew, version: versionDocument(published.version, inForce) } }
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/notice/versions/{date}/activate',
      name: 'versions.activate',
      summary: 'Lets a version take effect, when people could read it for long enough',
      tag: 'notice',
      who: responsible,
      secondFactor: true,
      params,
      body: z.strictObject({
        pages: z
          .array(z.url({ protocol: /^https?$/ }).max(2000))
          .max(10)
          .default([]),
      }),
      answer: z.object({ isNew: z.boolean(), version }),
      handle: async ({ tenant, params: { date }, body, now }) => {
        const evidence = body.pages.map((page) => pageEvidence(page))
        const activated = await activateVersion({ versions: tenant.database, evidence, now, date })
        return { body: { isNew: activated.isNew, version: versionDocument(activated.version, true) } }
      },
    }),
  ]
}

async function policyOn({ database }: Tenant, date: string) {
  const found = (await database.versions()).find((one) => one.date === date)
  if (found === undefined) throw refusals.noSuch()
  return policyOfVersion(database, found)
}
