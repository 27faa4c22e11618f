import { html } from 'hono/html'
import { htmlStyle } from '../../../notice/html-style.ts'

export type Page = ReturnType<typeof html>

/** One page of the sign-in: works without script, loads nothing but its own style and, where asked, one script. */
export function layout(title: string, body: Page, script = false): Page {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Kept</title>
<link rel="stylesheet" href="/staff/style.css">
${script ? html`<script src="/staff/passkey.js" defer></script>` : ''}
</head>
<body>
<header><h1>${title}</h1></header>
<main>
${body}
</main>
</body>
</html>
`
}

/** What went wrong, told to screen readers at once. */
export function notice(text: string | undefined): Page | string {
  return text === undefined ? '' : html`<p class="told" role="alert">${text}</p>`
}

/** One labelled field. */
export function field(
  name: string,
  label: string,
  attributes: {
    readonly type?: string
    readonly value?: string
    readonly autocomplete: string
    readonly hint?: string
  },
): Page {
  const { type = 'text', value = '', autocomplete, hint } = attributes
  const described = hint === undefined ? '' : html` aria-describedby="${name}-hint"`
  return html`<p class="field"><label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${type}" value="${value}" autocomplete="${autocomplete}" required maxlength="256"${described}>
${hint === undefined ? '' : html`<span class="hint" id="${name}-hint">${hint}</span>`}</p>`
}

/** The style of a notice, and what forms need beside it. */
export const pageStyle = `${htmlStyle}
.field { display: grid; gap: .25rem; margin: 1rem 0; max-width: 26rem }
label { font-weight: 600 }
input { font: inherit; padding: .5rem .6rem; border: 1px solid var(--quiet); border-radius: .3rem; color: inherit; background: var(--page) }
input:focus-visible, button:focus-visible { outline: 3px solid var(--link); outline-offset: 2px }
button { font: inherit; font-weight: 600; padding: .55rem 1.1rem; min-height: 2.75rem; border: 1px solid var(--link); border-radius: .3rem; color: var(--page); background: var(--link); cursor: pointer }
button.second { color: var(--link); background: var(--page) }
.hint { color: var(--quiet); font-size: .95rem }
.told { padding: .6rem .9rem; border: 1px solid var(--mark); border-inline-start-width: .4rem; border-radius: .3rem; background: var(--panel) }
.codes { columns: 2 10rem; font-family: ui-monospace, monospace; list-style: none; padding: .75rem 1rem; background: var(--panel) }
.secret { font-family: ui-monospace, monospace; overflow-wrap: anywhere; background: var(--panel); padding: .5rem .75rem }
[hidden] { display: none }
`
