import type { Hono } from 'hono'
import { html, raw } from 'hono/html'
import { dayWords } from '../../intake/words.ts'
import { shortHtml } from '../../notice/html.ts'
import type { Notice } from '../../notice/notice.ts'
import { builtNotice } from '../../notice/versions/built-notice.ts'
import { mustBeWhole } from '../../notice/versions/stored.ts'
import { versionPages } from '../../notice/versions/version-pages.ts'
import { versionInForce } from '../../policy/version-in-force.ts'
import type { NoticeFile, VersionRecord } from '../../records.ts'
import { faultless } from '../faultless.ts'
import { refusals } from '../faults.ts'
import type { Tenant } from '../tenant.ts'
import { type CentreBindings, lookOf } from './call.ts'
import { type Look, layout, type Markup } from './layout.ts'
import type { CentreLanguage } from './words.ts'

// Notices bring their style with them, and their bytes are attested: nothing may run in them, nothing is loaded.
const DOCUMENT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

interface InForce {
  readonly files: readonly NoticeFile[]
  /** Absent while no version was activated: then the notice is built of the policy as it stands. */
  readonly version?: VersionRecord
}

/** Home, the notice and its versions: the very bytes that were published. */
export function noticePages(app: Hono<CentreBindings>): void {
  app.get('/', async (context) => {
    const look = lookOf(context, '/')
    return context.html(homePage(look, await inForce(context.env.tenant)))
  })
  app.get('/notice', async (context) => {
    const { language } = lookOf(context).words
    const { files } = await inForce(context.env.tenant)
    return document(fileOf(files, language, 'html'))
  })
  app.get('/notice/versions', (context) => context.redirect('/notice/versions/', 308))
  app.get('/notice/versions/*', async (context) => {
    const { database } = context.env.tenant
    const path = context.req.path.slice('/notice/versions/'.length)
    const files = await versionPages(database.controller, database)
    const found = files.find((file) => file.path === (path === '' ? 'index.html' : path))
    if (found === undefined) throw refusals.unknownRoute()
    return document(found)
  })
}

/** What people meet first: the short layer of the notice in force, and what they can do. */
function homePage(look: Look, { files, version }: InForce): Markup {
  const { say, language } = look.words
  const whole = `/notice?lang=${language}`
  const notice = JSON.parse(fileOf(files, language, 'json').text) as Notice
  return layout(
    look,
    say('home-title', { controller: look.controller }),
    html`<p class="lead">${say('home-lead')}</p>
<div class="ways">
<section aria-labelledby="to-ask"><h2 id="to-ask">${say('home-ask')}</h2>
<p>${say('home-ask-text')}</p>
<p><a class="button" href="/ask?lang=${language}">${say('ask')}</a></p></section>
<section aria-labelledby="to-prove"><h2 id="to-prove">${say('home-prove')}</h2>
<p>${say('home-prove-text')}</p>
<p><a href="/confirm?lang=${language}">${say('prove')}</a></p></section>
</div>
${raw(shortHtml(notice, whole))}
<p>${version === undefined ? say('no-version') : say('version', { date: dayWords(version.effective, language) })}</p>
<ul>
<li><a href="${whole}">${say('notice')}</a></li>
${version === undefined ? '' : html`<li><a href="/notice/versions/">${say('versions')}</a></li>`}
</ul>`,
  )
}

async function inForce(tenant: Tenant): Promise<InForce> {
  const version = versionInForce(await tenant.database.versions())
  if (version !== undefined) return { version, files: (await mustBeWhole(tenant.database, version)).files }
  const { policy, plan } = faultless(await tenant.written())
  return { files: builtNotice({ policy, plan, history: [] }) }
}

function fileOf(files: readonly NoticeFile[], language: CentreLanguage, ending: 'html' | 'json'): NoticeFile {
  const named = (one: string) => files.find(({ path }) => path === `notice.${one}.${ending}`)
  const found = named(language) ?? named('en')
  if (found === undefined) throw refusals.noSuch()
  return found
}

function document({ mediaType, text }: NoticeFile): Response {
  return new Response(text, {
    headers: { 'content-type': `${mediaType}; charset=utf-8`, 'content-security-policy': DOCUMENT_POLICY },
  })
}
