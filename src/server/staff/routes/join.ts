import type { Hono } from 'hono'
import type { SignInDesk } from '../desk.ts'
import { openInvitation } from '../invitations.ts'
import { finishByCode, isPlaceholder, type Joining, joinByPasskey, joinByPassword, passkeyForJoining } from '../join.ts'
import { askingOf, type StaffBindings } from '../mount.ts'
import { appPage, codePage, joinPage, linkOverPage } from '../pages/join-page.ts'
import { newPasskey } from '../passkey-answer.ts'
import { passwordFlaw } from '../passwords.ts'
import { go, json, jsonBody, page, statusOf, textOf, told } from './reply.ts'

const TAKEN = 'Somebody else has this address. Ask for a link of your own.'
const NO_ADDRESS = 'Write your e-mail address as name@example.org.'
const OVER = 'This link is over. Ask for another one.'

export function joinRoutes(app: Hono<StaffBindings>, desk: SignInDesk): void {
  const joiningOf = (form: Readonly<Record<string, unknown>>): Joining => ({
    link: textOf(form, 'link'),
    name: textOf(form, 'name'),
    email: textOf(form, 'email'),
  })
  const lacksAddress = (invited: { readonly email: string }, { email }: Joining) =>
    isPlaceholder(invited.email) && !/^[^\s@<>"]{1,64}@[^\s@<>"]{1,190}$/.test(email.trim())

  app.get('/join', async (context) => {
    const link = context.req.query('link') ?? ''
    const invited = await openInvitation(desk.tables, link)
    if (invited === undefined) return page(context, linkOverPage(), 403)
    return page(context, joinPage({ link, email: invited.email, name: invited.name }))
  })

  app.post('/join', async (context) => {
    const form = await context.req.parseBody()
    const joining = joiningOf(form)
    const invited = await openInvitation(desk.tables, joining.link)
    if (invited === undefined) return page(context, linkOverPage(), 403)
    const again = (text: string) =>
      page(context, joinPage({ link: joining.link, email: invited.email, name: joining.name, told: text }), 422)
    if (lacksAddress(invited, joining)) return again(NO_ADDRESS)
    const password = textOf(form, 'password')
    const flaw = passwordFlaw(password, [joining.name, joining.email, invited.email])
    if (flaw !== undefined) return again(flaw)
    const setup = await joinByPassword(desk, invited, joining, password)
    if (setup === 'taken') return again(TAKEN)
    const { uri, recoveryCodes, setCookies } = setup
    return page(context, appPage({ link: joining.link, uri, recoveryCodes }), 200, setCookies)
  })

  app.post('/join/code', async (context) => {
    const form = await context.req.parseBody()
    const { link } = joiningOf(form)
    const invited = await openInvitation(desk.tables, link)
    if (invited === undefined) return page(context, linkOverPage(), 403)
    const done = await finishByCode(desk, askingOf(context), invited, { link }, textOf(form, 'code'))
    if (typeof done === 'string') return page(context, codePage({ link, told: told[done] }), statusOf(done))
    return go(context, '/staff', done.setCookies)
  })

  app.post('/join/passkey/options', async (context) => {
    const joining = joiningOf(await jsonBody(context))
    const invited = await openInvitation(desk.tables, joining.link)
    if (invited === undefined) return json(context, { told: OVER }, [], 403)
    if (lacksAddress(invited, joining)) return json(context, { told: NO_ADDRESS }, [], 422)
    const made = await passkeyForJoining(desk, invited, joining)
    if (made === 'taken') return json(context, { told: TAKEN }, [], 422)
    return json(context, made.options, made.setCookies)
  })

  app.post('/join/passkey', async (context) => {
    const body = await jsonBody(context)
    const { link } = joiningOf(body)
    const invited = await openInvitation(desk.tables, link)
    if (invited === undefined) return json(context, { told: OVER }, [], 403)
    const answer = newPasskey.safeParse(body.response)
    if (!answer.success) return json(context, { told: told.wrong }, [], 422)
    const done = await joinByPasskey(desk, askingOf(context), invited, { link }, answer.data)
    if (typeof done === 'string') return json(context, { told: told[done] }, [], 422)
    return json(context, { to: '/staff' }, done.setCookies)
  })
}
