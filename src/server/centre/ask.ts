import type { Context, Hono } from 'hono'
import { caseKinds } from '../../intake/kinds.ts'
import { openCase, publicAnswer } from '../../intake/open.ts'
import { dayWords } from '../../intake/words.ts'
import { Fault } from '../../language/fault.ts'
import type { CaseDesk } from '../case-desk.ts'
import { askedPage, checkPage, type Draft, type Errors, needsWords, whatPage, whoPage } from './ask-pages.ts'
import { type CentreBindings, formOf, lookOf } from './call.ts'
import { type CentreWords, type Offered, offered } from './words.ts'

const mostLetters = 5000

const kindOf = (text: string | undefined): Offered | undefined => offered.find((kind) => kind === text)

/** A request in three steps. The address travels in forms, never in an address line or a log. */
export function askRoutes(app: Hono<CentreBindings>, desk: CaseDesk): void {
  const noKind = (context: Context<CentreBindings>) => {
    const look = lookOf(context, '/ask')
    return context.html(whatPage(look, { kind: look.words.say('kind-missing') }), 422)
  }
  app.get('/ask', (context) => context.html(whatPage(lookOf(context, '/ask'))))
  app.get('/ask/who', (context) => {
    const kind = kindOf(context.req.query('kind'))
    if (kind === undefined) return noKind(context)
    return context.html(whoPage(lookOf(context, `/ask/who?kind=${kind}`), { kind, email: '', words: '' }))
  })
  app.post('/ask/change', async (context) => {
    const draft = await draftOf(context)
    return draft === undefined ? noKind(context) : context.html(whoPage(lookOf(context), draft))
  })
  app.post('/ask/check', async (context) => {
    const draft = await draftOf(context)
    if (draft === undefined) return noKind(context)
    const look = lookOf(context)
    const errors = errorsOf(draft, look.words)
    if (Object.keys(errors).length > 0) return context.html(whoPage(look, draft, errors), 422)
    return context.html(checkPage(look, draft, caseKinds[draft.kind].identity))
  })
  app.post('/ask/send', async (context) => {
    const draft = await draftOf(context)
    if (draft === undefined) return noKind(context)
    const look = lookOf(context)
    const errors = errorsOf(draft, look.words)
    if (Object.keys(errors).length > 0) return context.html(whoPage(look, draft, errors), 422)
    const { tenant, sender } = context.env
    const { kind, email, words } = draft
    const { language } = look.words
    try {
      await desk(tenant, (intake) =>
        openCase(intake, { kind, contact: email, words, language, channel: 'form', origin: sender }),
      )
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'case.bad-contact') throw error
      return context.html(whoPage(look, draft, { email: look.words.say('email-wrong') }), 422)
    }
    return context.redirect(`/asked?kind=${kind}&lang=${language}`, 303)
  })
  app.get('/asked', async (context) => {
    const kind = kindOf(context.req.query('kind')) ?? 'access'
    const look = lookOf(context, `/asked?kind=${kind}`)
    const { dueAt } = await desk(context.env.tenant, async (intake) => publicAnswer(intake, { kind }))
    return context.html(askedPage(look, dayWords(dueAt, look.words.language), caseKinds[kind].identity))
  })
}

async function draftOf(context: Context<CentreBindings>): Promise<Draft | undefined> {
  const form = await formOf(context)
  const kind = kindOf(form('kind'))
  return kind === undefined ? undefined : { kind, email: form('email').trim(), words: form('words').trim() }
}

// What a letter can go to is decided where cases are opened; this only tells slips of the pen before anything is sent.
function errorsOf({ kind, email, words }: Draft, { say }: CentreWords): Errors {
  const isAddress = email.length <= 254 && /^[^\s@<>"(),:;\\[\]]{1,64}@[^\s@<>"(),:;\\[\]]{1,189}$/u.test(email)
  return {
    ...(isAddress ? {} : { email: say('email-wrong') }),
    ...(needsWords(kind) && words === '' ? { words: say('words-missing') } : {}),
    ...(words.length > mostLetters ? { words: say('words-long', { most: String(mostLetters) }) } : {}),
  }
}
