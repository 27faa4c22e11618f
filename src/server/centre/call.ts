import type { Context } from 'hono'
import type { Tenant } from '../tenant.ts'
import type { Look } from './layout.ts'
import { centreWords, languageOf } from './words.ts'

/** What the pages are given beside the request. */
export interface CentreBindings {
  readonly Bindings: { readonly tenant: Tenant; readonly sender: string }
}

/** The look of a page that answers this request; `path`: where it stands in any language. */
export function lookOf(context: Context<CentreBindings>, path?: string): Look {
  const words = centreWords(languageOf(context.req.query('lang'), context.req.header('accept-language')))
  const { controller } = context.env.tenant.database
  return { words, controller, ...(path === undefined ? {} : { path }) }
}

/** The fields of a form, each a text; what was not sent is empty. */
export async function formOf(context: Context<CentreBindings>): Promise<(name: string) => string> {
  const form = await context.req.parseBody()
  return (name) => {
    const value = Object.hasOwn(form, name) ? form[name] : undefined
    return typeof value === 'string' ? value : ''
  }
}
