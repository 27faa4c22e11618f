import { isIP } from 'node:net'
import { z } from 'zod'
import { casesVocabulary } from '../intake/settings.ts'
import { mailVocabulary } from '../mail/settings.ts'
import { webhooksVocabulary } from '../webhooks/settings.ts'
import { opendsrVocabulary } from './opendsr.ts'

import { staffVocabulary } from './staff/configuration.ts'

const count = (most: number) => z.int().min(1).max(most)
const secret = z.string().regex(/^(env:[A-Za-z_][A-Za-z0-9_]*|file:[^\0]{1,4096})$/)
const host = z.string().regex(/^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/)
export const network = z.string().refine((given) => {
  const [address = '', bits, more] = given.split('/')
  const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  return more === undefined && most > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most))
})
const address = z.string().refine((given) => {
  const url = URL.canParse(given) ? new URL(given) : undefined
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:'
  return isWeb && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
})
const rate = z.strictObject({ burst: count(100_000), 'per-minute': count(1_000_000) })

/** What `kept.server.yaml` may say. Every key may be left out; its default stands in `readConfiguration`. */
export const serverVocabulary = z.strictObject({
  address: address.optional().describe('where people reach this server: scheme, host and port, no path'),
  listen: z
    .strictObject({ host: z.string().max(253).optional(), port: z.int().min(0).max(65_535).optional() })
    .optional()
    .describe('where the process listens; loopback unless said otherwise'),
  proxies: z.array(network).max(64).optional().describe('addresses and networks whose X-Forwarded-For is believed'),
  data: z.string().min(1).max(4096).optional().describe("folder of Kept's own database, keys and exports"),
  tenants: z
    .record(
      z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
      z.strictObject({
        policy: z.string().min(1).max(4096).describe('the policy file; its store maps lie in stores/ beside it'),
        hosts: z.array(host).max(16).optional().describe('host names whose pages are this tenant’s'),
      }),
    )
    .optional()
    .describe('the vendors this server works for; the first is the default one'),
  limits: z
    .strictObject({
      'body-bytes': count(100_000_000).optional(),
      seconds: count(600).optional(),
      'each-address': rate.optional(),
      'each-staff': rate.optional(),
    })
    .optional(),
  jobs: z
    .strictObject({
      inside: z
        .boolean()
        .optional()
        .describe('kept serve works on jobs itself; with kept worker elsewhere it need not'),
      together: count(500).optional().describe('requests carried out in one go'),
      'lost-after-seconds': z
        .int()
        .min(10)
        .max(3600)
        .optional()
        .describe('a worker silent for so long is dead; others take its jobs'),
      'first-wait-seconds': count(3600).optional().describe('wait before a job is tried again; it doubles each time'),
      'longest-wait-seconds': count(86_400).optional().describe('no wait is longer'),
    })
    .optional(),
  metrics: z
    .strictObject({ token: secret.describe('who sends it may read /metrics from elsewhere than loopback') })
    .optional(),
  cases: casesVocabulary.optional().describe('cases of people: who is told, whom the site may vouch for, bounds'),
  opendsr: opendsrVocabulary.optional().describe('requests of controllers for whom you work (OpenDSR 2.0)'),
  webhooks: webhooksVocabulary.optional().describe('other systems that are told what happened'),
  mail: mailVocabulary.optional().describe('mail out and in'),
  staff: staffVocabulary.optional().describe('how staff sign in'),
})

export type ServerFile = z.infer<typeof serverVocabulary>
