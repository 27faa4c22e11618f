import { z } from 'zod'
import { given } from '../../base/given.ts'
import type { CaseKind, CaseRecord, CaseState } from '../../cases.ts'
import { advance } from '../../intake/advance.ts'
import {
  answer,
  assign,
  carriedOut,
  close,
  complain,
  confirmKind,
  deny,
  grant,
  readMessage,
} from '../../intake/decide.ts'
import { openDocument } from '../../intake/documents.ts'
import { tellFee } from '../../intake/fee.ts'
import { checkIdentity } from '../../intake/identity.ts'
import type { Intake } from '../../intake/intake.ts'
import { caseKindNames } from '../../intake/kinds.ts'
import { extend, extensionReasons } from '../../intake/late.ts'
import { openCase } from '../../intake/open.ts'
import { caseStates } from '../../intake/states.ts'
import { tellStaff } from '../../intake/tell.ts'
import { caseOf } from '../../intake/turn.ts'
import { GROUNDS } from '../../language/denial-grounds.ts'
import type { CaseDesk } from '../case-desk.ts'
import { answering, answeringOrAuditing, responsible } from '../roles.ts'
import { type Route, route } from '../route.ts'
import type { Role } from '../who.ts'
import { anything, cursor, dayText, id, identity, limit, severally } from './shapes.ts'

export const caseKind = z.enum(caseKindNames as readonly [CaseKind, ...CaseKind[]])
const caseState = z.enum(caseStates as readonly [CaseState, ...CaseState[]])
const words = z.string().min(1).max(20_000)
export const language = z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/)
const record = z.looseObject({ id, kind: caseKind, state: caseState, receivedAt: z.string(), dueAt: z.string() })
const whole = z.looseObject({
  case: record,
  steps: z.array(anything).readonly(),
  messages: z.array(anything).readonly(),
})
const params = z.object({ id })

/** What the staff does with what people asked. */
export function caseRoutes(desk: CaseDesk): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/v1/cases',
      name: 'cases.list',
      summary: 'What people asked, newest first; nobody is named',
      tag: 'cases',
      who: answeringOrAuditing,
      query: z.strictObject({
        state: severally(caseState),
        kind: severally(caseKind),
        'to-do': z.stringbool().optional(),
        'due-before': z.iso.datetime().optional(),
        limit,
        cursor,
      }),
      answer: z.object({
        cases: z.array(record).readonly(),
        next: z.string().nullable(),
        grounds: z.array(anything).readonly(),
      }),
      handle: async ({ tenant, query }) => {
        const found = await tenant.database.cases.list({
          limit: query.limit + 1,
          ...(query.state ? { states: query.state } : {}),
          ...(query.kind ? { kinds: query.kind } : {}),
          ...(query['to-do'] === true ? { tasks: true } : {}),
          ...(query['due-before'] ? { dueBefore: query['due-before'] } : {}),
          ...(query.cursor ? { before: query.cursor } : {}),
        })
        const page = found.slice(0, query.limit)
        const next = found.length > query.limit ? (page.at(-1)?.id ?? null) : null
        return { body: { cases: page.map((one) => ({ ...one })), next, grounds: GROUNDS } }
      },
    }),
    route({
      method: 'post',
      path: '/api/v1/cases',
      name: 'cases.open',
      summary: 'Takes down what somebody asked by phone, post or at the counter',
      tag: 'cases',
      who: answering,
      body: z.strictObject({
        kind: caseKind,
        contact: z.string().min(3).max(320),
        identities: z
          .array(identity.pick({ kind: true, value: true }))
          .max(10)
          .optional(),
        language: language.optional(),
        country: z
          .string()
          .regex(/^[A-Z]{2}$/)
          .optional(),
        behalf: z.enum(['agent', 'parent']).optional(),
        words: words.optional(),
      }),
      answer: z.object({ id, merged: z.boolean() }),
      status: 201,
      handle: async ({ tenant, staff, body }) => {
        const opened = await desk(tenant, (intake) =>
          openCase(intake, { channel: 'staff', by: staff.id, ...given(body) }),
        )
        return { body: { id: opened.id, merged: opened.merged } }
      },
    }),
    route({
      method: 'get',
      path: '/api/v1/cases/{id}',
      name: 'cases.show',
      summary: 'A case: whom it is about, its steps, messages, files, letters and dates',
      tag: 'cases',
      who: answering,
      params,
      answer: whole,
      handle: async ({ tenant, params: asked }) => ({
        body: await desk(tenant, async (intake) => told(intake, await caseOf(intake, asked.id))),
      }),
    }),
    route({
      method: 'get',
      path: '/api/v1/cases/{id}/files/{file}',
      name: 'cases.file',
      summary: 'A document that a person sent; who looked at it stands in the evidence',
      tag: 'cases',
      who: answering,
      act: true,
      params: z.object({ id, file: id }),
      produces: 'application/octet-stream',
      handle: async ({ tenant, staff, params: asked }) => {
        const { mediaType, bytes } = await desk(tenant, (intake) => openDocument(intake, asked.file, staff.id))
        const headers = { 'content-type': mediaType, 'content-disposition': `attachment; filename="${asked.file}"` }
        return new Response(new Uint8Array(bytes), { headers })
      },
    }),
    act(
      desk,
      'confirm',
      'Says what a message asks for, where that was a guess',
      answering,
      z.strictObject({ kind: caseKind }),
      (intake, given, by, { kind }) => confirmKind(intake, given, by, kind),
    ),
    act(
      desk,
      'identity',
      'Records what documents show; no identity: they show nothing',
      answering,
      z.strictObject({
        identities: z.array(identity.pick({ kind: true, value: true })).max(10),
        how: z.enum(['documents', 'staff']),
      }),
      (intake, given, by, body) => checkIdentity(intake, given, { by, ...body }),
    ),
    act(
      desk,
      'grant',
      'Decides to do what was asked',
      responsible,
      z.strictObject({}),
      (intake, given, by) => grant(intake, given, by),
      true,
    ),
    act(
      desk,
      'deny',
      'Refuses on a ground of the law, and tells the person why and where to complain',
      responsible,
      z.strictObject({ ground: z.string().regex(/^[a-z][a-z-]{0,63}$/) }),
      (intake, given, by, { ground }) => deny(intake, given, by, ground),
    ),
    act(
      desk,
      'done',
      'Records that a person did by hand what was granted',
      answering,
      z.strictObject({}),
      (intake, given, by) => carriedOut(intake, given, by),
    ),
    act(
      desk,
      'answer',
      'Writes to the person; `final` answers a question or a complaint',
      answering,
      z.strictObject({ words, final: z.boolean().default(false) }),
      (intake, given, by, body) => answer(intake, given, { by, ...body }),
    ),
    act(
      desk,
      'extend',
      'Takes the extension that the law allows, with its reason, and tells the person',
      answering,
      z.strictObject({ reason: z.enum(extensionReasons), until: dayText.optional() }),
      (intake, given, by, { reason, until }) =>
        extend(intake, given, { by, reason, ...(until === undefined ? {} : { until }) }),
    ),
    act(
      desk,
      'fee',
      'Tells the fee of a further copy, before anything is done',
      answering,
      z.strictObject({}),
      (intake, given, by) => tellFee(intake, given, by),
    ),
    act(
      desk,
      'read',
      'Records that a message was read and needs no answer',
      answering,
      z.strictObject({}),
      (intake, given, by) => readMessage(intake, given, by),
    ),
    act(
      desk,
      'assign',
      'Gives the case to somebody of the staff',
      answering,
      z.strictObject({ to: z.string().min(1).max(200) }),
      (intake, given, by, { to }) => assign(intake, given, by, to),
    ),
    act(
      desk,
      'complain',
      'Takes down that the person does not agree: somebody else looks at it',
      answering,
      z.strictObject({ words }),
      (intake, given, _, body) => complain(intake, given, body.words),
    ),
    act(desk, 'close', 'Ends a case that the person took back', answering, z.strictObject({}), (intake, given, by) =>
      close(intake, given, { staff: by }, 'withdrawn'),
    ),
  ]
}

/** One act of the staff on a case; afterwards the case goes on as far as no person is needed. */
function act<B extends z.ZodType>(
  desk: CaseDesk,
  name: string,
  summary: string,
  who: readonly [Role, ...Role[]],
  body: B,
  run: (intake: Intake, id: string, by: string, body: z.output<B>) => Promise<CaseRecord>,
  secondFactor = false,
): Route {
  return route({
    method: 'post',
    path: `/api/v1/cases/{id}/${name}`,
    name: `cases.${name}`,
    summary,
    tag: 'cases',
    who,
    secondFactor,
    params,
    body,
    answer: whole,
    handle: async ({ tenant, staff, params: place, body: asked }) => ({
      body: await desk(tenant, async (intake) => {
        await run(intake, place.id, staff.id, asked)
        return told(intake, await advance(intake, place.id))
      }),
    }),
  })
}

async function told(intake: Intake, of: CaseRecord): Promise<z.output<typeof whole>> {
  const { case: own, ...rest } = await tellStaff(intake, of)
  return { ...rest, case: { ...own } }
}
