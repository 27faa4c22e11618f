import type { Context, Hono } from 'hono'
import { fact } from '../../../language/facts.ts'
import { isFresh } from '../../gate.ts'
import { addPasskey, confirmByCode, confirmByPasskey, passkeyForStaff, passkeyOptions } from '../confirm.ts'
import { broughtCookies, type SignInDesk, sessionValue, tenantsOf } from '../desk.ts'
import { askingOf, type StaffBindings } from '../mount.ts'
import { type OidcSettings, providerId } from '../oidc.ts'
import { accountPage } from '../pages/account-page.ts'
import { confirmPage } from '../pages/sign-in-page.ts'
import { newPasskey, passkeyAnswer } from '../passkey-answer.ts'
import { endSession, endSessions, type OpenSession, openSession } from '../sessions.ts'
import { go, json, jsonBody, localPlace, page, statusOf, textOf, told } from './reply.ts'

const AGAIN = 'Confirm with your second factor first, at /staff/confirm.'

export function accountRoutes(app: Hono<StaffBindings>, desk: SignInDesk, oidc: OidcSettings | undefined): void {
  const { tables } = desk
  const opened = (context: Context<StaffBindings>): Promise<OpenSession | undefined> =>
    openSession(tables, sessionValue(context.req.raw, desk.cookies.session))
  const toSignIn = (context: Context) => go(context, `/staff/sign-in?${new URLSearchParams({ to: '/staff' })}`)

  const confirmed = async (session: OpenSession, to: string, text?: string) => {
    const { rows } = await tables.pool.query(
      `SELECT EXISTS (SELECT FROM kept.staff_second_factor WHERE user_id = $1 AND verified) AS app,
         EXISTS (SELECT FROM kept.staff_passkey WHERE user_id = $1) AS passkey,
         EXISTS (SELECT FROM kept.staff_account WHERE user_id = $1 AND provider_id = $2) AS oidc`,
      [session.staff.id, oidc === undefined ? '' : providerId(oidc)],
    )
    return confirmPage({
      to,
      hasApp: rows[0]?.app === true,
      hasPasskey: rows[0]?.passkey === true,
      ...(text === undefined ? {} : { told: text }),
      ...(oidc !== undefined && rows[0]?.oidc === true ? { oidcName: oidc.name } : {}),
    })
  }

  app.get('/', async (context) => {
    const session = await opened(context)
    if (session === undefined) return toSignIn(context)
    const { rows } = await tables.pool.query(
      `SELECT id, coalesce(name, 'Passkey') AS name, to_char(created_at, 'YYYY-MM-DD') AS since
         FROM kept.staff_passkey WHERE user_id = $1 ORDER BY created_at, id`,
      [session.staff.id],
    )
    const passkeys = rows.map(({ id, name, since }) => ({ id: String(id), name: String(name), since: String(since) }))
    return page(context, accountPage({ staff: session.staff, passkeys }))
  })

  app.get('/confirm', async (context) => {
    const session = await opened(context)
    if (session === undefined) return toSignIn(context)
    return page(context, await confirmed(session, localPlace(context.req.query('to'))))
  })

  app.post('/confirm', async (context) => {
    const session = await opened(context)
    if (session === undefined) return toSignIn(context)
    const form = await context.req.parseBody()
    const to = localPlace(form.to)
    const done = await confirmByCode(desk, askingOf(context), session, textOf(form, 'code'))
    if (done !== true) return page(context, await confirmed(session, to, told[done]), statusOf(done))
    return go(context, to)
  })

  app.post('/confirm/passkey/options', async (context) => {
    if ((await opened(context)) === undefined) return json(context, { told: told.wrong }, [], 403)
    const { options, setCookies } = await passkeyOptions(desk, broughtCookies(context.req.raw))
    return json(context, options, setCookies)
  })

  app.post('/confirm/passkey', async (context) => {
    const session = await opened(context)
    const body = await jsonBody(context)
    const answer = passkeyAnswer.safeParse(body.response)
    if (session === undefined || !answer.success) return json(context, { told: told.wrong }, [], 403)
    const done = await confirmByPasskey(desk, askingOf(context), session, answer.data)
    if (typeof done === 'string') return json(context, { told: told[done] }, [], 422)
    return json(context, { to: localPlace(body.to) }, done.setCookies)
  })

  app.post('/account/passkey/options', async (context) => {
    const session = await opened(context)
    if (session === undefined || !isFresh(session.staff, tables.now())) return json(context, { told: AGAIN }, [], 403)
    const { options, setCookies } = await passkeyForStaff(desk, askingOf(context))
    return json(context, options, setCookies)
  })

  app.post('/account/passkey', async (context) => {
    const session = await opened(context)
    const answer = newPasskey.safeParse((await jsonBody(context)).response)
    if (session === undefined || !isFresh(session.staff, tables.now())) return json(context, { told: AGAIN }, [], 403)
    if (!answer.success) return json(context, { told: told.wrong }, [], 422)
    const done = await addPasskey(desk, askingOf(context), session.staff, answer.data)
    return done === true ? json(context, { to: '/staff' }) : json(context, { told: told[done] }, [], 422)
  })

  const leave = async (context: Context<StaffBindings>, everywhere: boolean) => {
    const session = await opened(context)
    if (session !== undefined) {
      const { id } = session.staff
      await desk.record(await tenantsOf(desk, id), [
        fact('staff.signed-out/1', { staff: desk.pseudonym(id), everywhere }),
      ])
      await (everywhere ? endSessions(tables, id) : endSession(tables, session.token))
    }
    const gone = `${desk.cookies.session}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`
    return go(context, '/staff/sign-in', [desk.cookies.session.startsWith('__Host-') ? `${gone}; Secure` : gone])
  }
  app.post('/sign-out', (context) => leave(context, false))
  app.post('/sign-out/everywhere', (context) => leave(context, true))
}
