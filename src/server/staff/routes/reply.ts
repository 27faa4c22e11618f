import type { Context } from 'hono'
import type { Page } from '../pages/layout.ts'
import type { Refusal } from '../sign-in.ts'

/** A page with the cookies that belong to it. */
export async function page(
  context: Context,
  body: Page,
  status: 200 | 403 | 422 | 429 = 200,
  setCookies: readonly string[] = [],
): Promise<Response> {
  giveCookies(context, setCookies)
  return context.html(body, status)
}

/** An answer to the script of the pages. */
export function json(
  context: Context,
  body: object,
  setCookies: readonly string[] = [],
  status: 200 | 403 | 422 = 200,
): Response {
  giveCookies(context, setCookies)
  return context.json(body, status)
}

export function go(context: Context, to: string, setCookies: readonly string[] = []): Response {
  giveCookies(context, setCookies)
  return context.redirect(to, 303)
}

function giveCookies(context: Context, setCookies: readonly string[]): void {
  for (const one of setCookies) context.header('set-cookie', one, { append: true })
}

/** A place on this server: an address of elsewhere never becomes the end of a sign-in. */
export function localPlace(to: unknown): string {
  const whole = typeof to === 'string' && /^\/(?![/\\])[\x21-\x7e]{0,500}$/.test(to)
  return whole && !to.includes('\\') ? to : '/staff'
}

export const told: Readonly<Record<Refusal, string>> = {
  wrong: 'That did not fit. Look at each field and try again.',
  wait: 'There were too many tries. Wait some minutes, then try again.',
}

export function statusOf(refusal: Refusal): 422 | 429 {
  return refusal === 'wait' ? 429 : 422
}

/** The text of a form's field, bounded. */
export function textOf(form: Readonly<Record<string, unknown>>, name: string): string {
  const value = Object.hasOwn(form, name) ? form[name] : undefined
  return typeof value === 'string' ? value.slice(0, 512) : ''
}

/** The body of a request of our script; anything but an object is none. */
export async function jsonBody(context: Context): Promise<Readonly<Record<string, unknown>>> {
  try {
    const body: unknown = await context.req.json()
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : {}
  } catch (error) {
    if (error instanceof SyntaxError) return {}
    throw error
  }
}
