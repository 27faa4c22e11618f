import type { Hono } from 'hono'
import { passkeyOptions } from '../confirm.ts'
import type { SignInDesk } from '../desk.ts'
import { askingOf, type StaffBindings } from '../mount.ts'
import type { OidcSettings } from '../oidc.ts'
import { signInPage } from '../pages/sign-in-page.ts'
import { passkeyAnswer } from '../passkey-answer.ts'
import { signInByPasskey, signInByPassword } from '../sign-in.ts'
import { go, json, jsonBody, localPlace, page, statusOf, textOf, told } from './reply.ts'

export function signInRoutes(app: Hono<StaffBindings>, desk: SignInDesk, oidc: OidcSettings | undefined): void {
  const shown = (to: string, text?: string) =>
    signInPage({
      to,
      ...(text === undefined ? {} : { told: text }),
      ...(oidc === undefined ? {} : { oidcName: oidc.name }),
    })

  app.get('/sign-in', (context) => {
    const failed = context.req.query('failed') === 'oidc' ? 'The other sign-in did not let you in here.' : undefined
    return page(context, shown(localPlace(context.req.query('to')), failed))
  })

  app.post('/sign-in', async (context) => {
    const form = await context.req.parseBody()
    const to = localPlace(form.to)
    const credentials = { email: textOf(form, 'email'), password: textOf(form, 'password'), code: textOf(form, 'code') }
    const done = await signInByPassword(desk, askingOf(context), credentials)
    if (typeof done === 'string') return page(context, shown(to, told[done]), statusOf(done))
    return go(context, to, done.setCookies)
  })

  app.post('/passkey/options', async (context) => {
    const { options, setCookies } = await passkeyOptions(desk)
    return json(context, options, setCookies)
  })

  app.post('/passkey', async (context) => {
    const body = await jsonBody(context)
    const answer = passkeyAnswer.safeParse(body.response)
    if (!answer.success) return json(context, { told: told.wrong }, [], 422)
    const done = await signInByPasskey(desk, askingOf(context), answer.data)
    if (typeof done === 'string') return json(context, { told: told[done] }, [], 422)
    return json(context, { to: localPlace(body.to) }, done.setCookies)
  })
}
