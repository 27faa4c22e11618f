import type { Context, Hono } from 'hono'
import { type Proven, proveByCode, proveByLink } from '../../intake/identity.ts'
import type { Intake } from '../../intake/intake.ts'
import {
  agreeToFee,
  caseForPerson,
  complainAsPerson,
  fetchCopy,
  takePassphrase,
  withdrawAsPerson,
  writeAsPerson,
} from '../../intake/page.ts'
import { Fault } from '../../language/fault.ts'
import type { CaseDesk } from '../case-desk.ts'
import { copyResponse } from '../copy-response.ts'
import type { Errors } from './ask-pages.ts'
import { type CentreBindings, formOf, lookOf } from './call.ts'
import { casePage, codePage, confirmPage, passphrasePage } from './case-pages.ts'

type CentreContext = Context<CentreBindings>

const mostLetters = 20_000
const SECRET = '[0-9a-z]{32}'

/** Acts after which the page of the case is shown again, with the key of what it then says. */
const acts: Readonly<
  Record<string, { readonly done: string; run(intake: Intake, page: string, written: string): Promise<unknown> }>
> = {
  message: { done: 'done-message', run: writeAsPerson },
  complain: { done: 'done-complaint', run: complainAsPerson },
  withdraw: { done: 'done-withdrawn', run: withdrawAsPerson },
  'agree-fee': { done: 'done-fee', run: agreeToFee },
}

/** Proving who one is, and the page of one's case. A secret in the path is all that opens it. */
export function personPages(app: Hono<CentreBindings>, desk: CaseDesk): void {
  const proven = (context: CentreContext, { page, passphrase }: Proven) => {
    const look = lookOf(context)
    const { language, say } = look.words
    if (passphrase === undefined) return context.redirect(`/case/${page}?done=done-proven&lang=${language}`, 303)
    return context.html(passphrasePage(look, say('confirmed-title'), passphrase, page))
  }
  app.get('/confirm', (context) => context.html(codePage(lookOf(context, '/confirm'))))
  app.post('/confirm', async (context) => {
    const form = await formOf(context)
    const number = form('number').trim().toLowerCase().slice(0, 40)
    try {
      return proven(context, await desk(context.env.tenant, (intake) => proveByCode(intake, number, form('code'))))
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'identity.refused') throw error
      const look = lookOf(context)
      return context.html(codePage(look, number, { code: look.words.say('code-wrong') }), 422)
    }
  })
  app.get(`/confirm/:secret{${SECRET}}`, (context) => context.html(confirmPage(lookOf(context, context.req.path))))
  app.post(`/confirm/:secret{${SECRET}}`, async (context) => {
    const secret = context.req.param('secret')
    return proven(context, await desk(context.env.tenant, (intake) => proveByLink(intake, secret)))
  })

  const show = async (context: CentreContext, page: string, errors: Errors = {}, written = '') => {
    const look = lookOf(context, `/case/${page}`)
    const { say, texts } = look.words
    const asked = context.req.query('done') ?? ''
    const view = await desk(context.env.tenant, async (intake) => {
      const { record, told } = await caseForPerson(intake, page, look.words.language)
      return { told, hasPassphrase: record.copy !== undefined && told.can.some(({ act }) => act === 'fetch') }
    })
    const isWrong = Object.keys(errors).length > 0
    const isDone = !isWrong && asked.startsWith('done-') && Object.hasOwn(texts, asked)
    const done = isDone ? say(asked) : undefined
    return context.html(casePage(look, { ...view, done, errors, written }), isWrong ? 422 : 200)
  }
  app.get(`/case/:page{${SECRET}}`, (context) => show(context, context.req.param('page')))
  app.post(`/case/:page{${SECRET}}`, async (context) => {
    const page = context.req.param('page')
    const form = await formOf(context)
    const name = form('act')
    const look = lookOf(context)
    const { say, language } = look.words
    const { tenant } = context.env
    if (name === 'fetch') return copyResponse(await desk(tenant, (intake) => fetchCopy(intake, page)))
    if (name === 'passphrase') {
      const passphrase = await desk(tenant, (intake) => takePassphrase(intake, page))
      return context.html(passphrasePage(look, say('case-title'), passphrase, page))
    }
    const act = Object.hasOwn(acts, name) ? acts[name] : undefined
    if (act === undefined) return show(context, page)
    const written = form(name).trim()
    if (name === 'withdraw' && form('sure') !== 'yes') return show(context, page, { withdraw: say('sure-missing') })
    if ((name === 'message' || name === 'complain') && written === '') {
      return show(context, page, { [name]: say('words-missing') })
    }
    if (written.length > mostLetters)
      return show(context, page, { [name]: say('words-long', { most: String(mostLetters) }) }, written)
    await desk(tenant, (intake) => act.run(intake, page, written))
    return context.redirect(`/case/${page}?done=${act.done}&lang=${language}`, 303)
  })
}
