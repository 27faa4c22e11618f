import { z } from 'zod'
import { given } from '../../base/given.ts'
import { proveByCode, proveByLink } from '../../intake/identity.ts'
import type { Intake } from '../../intake/intake.ts'
import { openCase, publicAnswer } from '../../intake/open.ts'
import {
  agreeToFee,
  caseForPerson,
  complainAsPerson,
  fetchCopy,
  takePassphrase,
  withdrawAsPerson,
  writeAsPerson,
} from '../../intake/page.ts'
import type { CaseDesk } from '../case-desk.ts'
import { copyResponse } from '../copy-response.ts'
import { type Route, route } from '../route.ts'
import { caseKind, language } from './cases.ts'
import { anything, id, identity } from './shapes.ts'

const words = z.string().min(1).max(20_000)
const told = z.looseObject({ reference: z.string(), steps: z.array(anything).readonly(), next: z.string() })
const page = z.object({
  page: z.string().describe('token of the person’s own page'),
  passphrase: z.string().optional(),
})

/** What people do themselves: ask, show who they are, follow, fetch, complain. No account is needed. */
export function personRoutes(desk: CaseDesk): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/v1/asked',
      name: 'asked.open',
      summary: 'Asks for something; the answer is the same whether an address is known or not',
      tag: 'people',
      who: 'public',
      body: z.strictObject({
        kind: caseKind,
        contact: z.string().min(3).max(320).optional(),
        identities: z
          .array(identity.pick({ kind: true, value: true }))
          .max(10)
          .optional(),
        language: language.optional(),
        country: z
          .string()
          .regex(/^[A-Z]{2}$/)
          .optional(),
        words: words.optional(),
        behalf: z.enum(['agent', 'parent']).optional(),
        siteToken: z.string().max(8000).optional().describe('a token of the vendor’s own site: who is signed in there'),
      }),
      answer: z.object({
        receivedAt: z.string(),
        dueAt: z.string(),
        letter: z.literal(true),
        page: z.string().optional(),
        passphrase: z.string().optional(),
      }),
      status: 202,
      handle: async ({ tenant, body, sender }) => ({
        body: await desk(tenant, async (intake) => {
          const { kind } = body
          const opened = await openCase(intake, { channel: 'api', origin: sender, ...given(body), kind })
          const { page: own, passphrase } = opened
          const signedIn = {
            ...(own === undefined ? {} : { page: own }),
            ...(passphrase === undefined ? {} : { passphrase }),
          }
          return { ...publicAnswer(intake, given({ kind, country: body.country })), ...signedIn }
        }),
      }),
    }),
    route({
      method: 'post',
      path: '/api/v1/proofs',
      name: 'proofs.show',
      summary: 'Takes the link or the code of a letter: whoever reads the address is who they say',
      tag: 'people',
      who: 'public',
      body: z.union([
        z.strictObject({ link: z.string().min(1).max(200) }),
        z.strictObject({ case: id, code: z.string().min(1).max(40) }),
      ]),
      answer: page,
      handle: async ({ tenant, body }) => ({
        body: await desk(tenant, async (intake) => {
          const proven =
            'link' in body ? await proveByLink(intake, body.link) : await proveByCode(intake, body.case, body.code)
          return { page: proven.page, ...(proven.passphrase === undefined ? {} : { passphrase: proven.passphrase }) }
        }),
      }),
    }),
    route({
      method: 'get',
      path: '/api/v1/my-case',
      name: 'my-case.show',
      summary: 'The case in plain words: what was, what comes and by when, what can be done',
      tag: 'people',
      who: 'person',
      answer: told,
      handle: async ({ tenant, person }) => ({ body: await desk(tenant, (intake) => tellHolder(intake, person.page)) }),
    }),
    doing(desk, 'messages', 'Writes a message', z.strictObject({ words }), (intake, own, body) =>
      writeAsPerson(intake, own, body.words),
    ),
    doing(desk, 'withdraw', 'Takes back what was asked', z.strictObject({}), (intake, own) =>
      withdrawAsPerson(intake, own),
    ),
    doing(
      desk,
      'complain',
      'Says what is not right; somebody else looks at it',
      z.strictObject({ words }),
      (intake, own, body) => complainAsPerson(intake, own, body.words),
    ),
    doing(desk, 'fee', 'Agrees to the fee that was told', z.strictObject({}), (intake, own) => agreeToFee(intake, own)),
    route({
      method: 'post',
      path: '/api/v1/my-case/passphrase',
      name: 'my-case.passphrase',
      summary: 'Shows the passphrase of the copy, once',
      tag: 'people',
      who: 'person',
      answer: z.object({ passphrase: z.string().nullable() }),
      handle: async ({ tenant, person }) => ({
        body: await desk(tenant, async (intake) => ({
          passphrase: (await takePassphrase(intake, person.page)) ?? null,
        })),
      }),
    }),
    route({
      method: 'get',
      path: '/api/v1/my-case/copy',
      name: 'my-case.copy',
      summary: 'The locked copy of everything, until its time is over',
      tag: 'people',
      who: 'person',
      produces: 'application/zip',
      handle: async ({ tenant, person }) => {
        return copyResponse(await desk(tenant, (intake) => fetchCopy(intake, person.page)))
      },
    }),
  ]
}

function doing<B extends z.ZodType>(
  desk: CaseDesk,
  name: string,
  summary: string,
  body: B,
  run: (intake: Intake, page: string, body: z.output<B>) => Promise<unknown>,
): Route {
  return route({
    method: 'post',
    path: `/api/v1/my-case/${name}`,
    name: `my-case.${name}`,
    summary,
    tag: 'people',
    who: 'person',
    body,
    answer: told,
    handle: async ({ tenant, person, body: asked }) => ({
      body: await desk(tenant, async (intake) => {
        await run(intake, person.page, asked)
        return tellHolder(intake, person.page)
      }),
    }),
  })
}

async function tellHolder(intake: Intake, own: string): Promise<z.output<typeof told>> {
  return { ...(await caseForPerson(intake, own)).told }
}
