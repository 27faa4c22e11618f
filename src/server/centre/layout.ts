import { html, raw } from 'hono/html'
import { pageStyle } from '../staff/pages/layout.ts'
import { type CentreWords, centreLanguages } from './words.ts'

export type Markup = ReturnType<typeof html>

/** What every page is made with. */
export interface Look {
  readonly words: CentreWords
  readonly controller: string
  /** Path of this page, where it can be asked for in another language; absent on answers to a form. */
  readonly path?: string
}

export const nothing = raw('')

const names = { en: 'English', de: 'Deutsch' } as const

/** One page in the vendor's name: landmarks, a skip link, no script, nothing loaded but its own style. */
export function layout({ words, controller, path }: Look, title: string, body: Markup, isError = false): Markup {
  const { say, language } = words
  const links = [
    ['/', 'home'],
    ['/ask', 'ask'],
    ['/confirm', 'prove'],
  ] as const
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${isError ? `${say('error-title')} ` : ''}${title} · ${controller}</title>
<link rel="stylesheet" href="/centre.css">
</head>
<body>
<a class="skip" href="#main">${say('skip')}</a>
<header>
<p class="vendor">${controller}</p>
<nav class="menu" aria-label="${say('menu')}"><ul>
${links.map(([to, key]) => html`<li><a href="${to}?lang=${language}"${to === path ? raw(' aria-current="page"') : nothing}>${say(key)}</a></li>`)}
</ul></nav>
</header>
<main id="main">
<h1>${title}</h1>
${body}
</main>
${
  path === undefined
    ? nothing
    : html`<footer><nav class="menu" aria-label="${say('languages')}"><ul>
${centreLanguages.map((one) => html`<li><a href="${path}${path.includes('?') ? '&' : '?'}lang=${one}" lang="${one}" hreflang="${one}"${one === language ? raw(' aria-current="true"') : nothing}>${names[one]}</a></li>`)}
</ul></nav></footer>`
}
</body>
</html>
`
}

/** What is wrong in a form, by the name of the field: shown first, and there the reading begins. */
export function summary(words: CentreWords, errors: Readonly<Record<string, string>>): Markup {
  const found = Object.entries(errors)
  if (found.length === 0) return html``
  return html`<div class="told" role="alert" tabindex="-1" autofocus aria-labelledby="errors">
<h2 id="errors">${words.say('errors')}</h2>
<ul>${found.map(([field, text]) => html`<li><a href="#${field}">${text}</a></li>`)}</ul>
</div>`
}

export interface Field {
  readonly name: string
  readonly label: string
  readonly value?: string
  readonly hint?: string
  readonly error?: string | undefined
  readonly type?: 'text' | 'email' | 'area'
  readonly autocomplete?: string
  readonly required?: boolean
}

/** One labelled field with its hint, and its fault right beside it. */
export function field({ name, label, value = '', hint, error, type = 'text', ...more }: Field): Markup {
  const { autocomplete = 'off', required = true } = more
  const told = [hint === undefined ? '' : `${name}-hint`, error === undefined ? '' : `${name}-error`].filter(Boolean)
  const marks = html`id="${name}" name="${name}"${told.length > 0 ? html` aria-describedby="${told.join(' ')}"` : nothing}${
    error === undefined ? nothing : raw(' aria-invalid="true"')
  }${required ? raw(' required') : nothing} autocomplete="${autocomplete}"`
  return html`<div class="field"><label for="${name}">${label}</label>
${hint === undefined ? nothing : html`<span class="hint" id="${name}-hint">${hint}</span>`}
${error === undefined ? nothing : html`<span class="wrong" id="${name}-error">${error}</span>`}
${type === 'area' ? html`<textarea ${marks} rows="5">${value}</textarea>` : html`<input ${marks} type="${type}" value="${value}">`}
</div>`
}

/** The style of notices and forms, and what the pages of people need beside it. */
export const centreStyle = `${pageStyle}
header { padding-top: 1rem }
footer { max-width: 46rem; margin: 3rem auto 1.5rem; padding: .5rem 1rem 0; border-top: 1px solid var(--line) }
main { padding-bottom: 1rem }
main h1 { margin-top: 1.75rem }
.vendor { font-weight: 600; margin: 0 }
.menu ul { list-style: none; display: flex; flex-wrap: wrap; gap: 0 1.25rem; margin: 0; padding: 0 }
.menu a { display: inline-block; padding: .45rem 0 }
.menu a[aria-current] { color: inherit; text-decoration: none; font-weight: 600 }
.lead { font-size: 1.15rem }
.ways { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); gap: 1rem; margin: 1.5rem 0 }
.ways section { border: 1px solid var(--line); border-radius: .5rem; padding: 1rem }
.ways h2 { border: 0; margin: 0; padding: 0; font-size: 1.1rem }
.button { display: inline-block; font-weight: 600; padding: .55rem 1.1rem; border-radius: .3rem; color: var(--page); background: var(--link); text-decoration: none }
.told h2 { border: 0; margin: 0; padding: 0; font-size: 1.05rem }
.told ul { margin: .25rem 0 0; padding-inline-start: 1.1rem }
textarea { font: inherit; padding: .5rem .6rem; border: 1px solid var(--quiet); border-radius: .3rem; color: inherit; background: var(--page); width: 100% }
textarea:focus-visible, summary:focus-visible, .told:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
input:not([type=radio], [type=checkbox]) { width: 100%; min-height: 2.75rem }
.wrong { color: var(--wrong); font-weight: 600 }
[aria-invalid] { border-color: var(--wrong); border-width: 2px }
fieldset { border: 0; margin: 1rem 0; padding: 0; min-width: 0 }
legend { padding: 0; font-weight: 600 }
.choice { display: flex; gap: .6rem; align-items: baseline; font-weight: 400; padding: .6rem .75rem; margin: .4rem 0; border: 1px solid var(--line); border-radius: .4rem; cursor: pointer }
.choice:has(:checked) { border-color: var(--link); background: var(--panel) }
.said { white-space: pre-wrap }
.actions { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.5rem 0 }
.step { color: var(--quiet); margin: 0 }
.next { padding: .75rem 1rem; border-inline-start: .4rem solid var(--link); background: var(--panel) }
.steps { list-style: none; margin: 0; padding: 0 }
.steps li { padding: 0 0 .9rem 1rem; border-inline-start: 3px solid var(--line) }
.steps time { display: block; color: var(--quiet); font-size: .95rem }
details { border: 1px solid var(--line); border-radius: .4rem; padding: 0 .9rem; margin: .6rem 0 }
summary { padding: .65rem 0; font-weight: 600; cursor: pointer }
:root { --wrong: #a4161a }
@media (prefers-color-scheme: dark) { :root { --wrong: #ff9b94 } }
@media print { .menu, form, footer { display: none } }
`
