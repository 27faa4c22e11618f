import { html } from 'hono/html'
import { isPlaceholder } from '../join.ts'
import { LEAST_LENGTH } from '../passwords.ts'
import { field, layout, notice, type Page } from './layout.ts'

/** Joining by a link: who one is, and a passkey or a password. */
export function joinPage(options: {
  readonly link: string
  readonly email: string
  readonly name: string
  readonly told?: string
}): Page {
  const { link, email, name, told } = options
  const isFirst = isPlaceholder(email)
  return layout(
    'Join',
    html`${notice(told)}
<p class="told" id="told" role="alert" hidden></p>
<form method="post" action="/staff/join">
<input type="hidden" name="link" value="${link}">
${
  isFirst
    ? field('email', 'E-mail address', { type: 'email', autocomplete: 'username' })
    : html`<p>You were invited as <strong>${email}</strong>.</p><input type="hidden" name="email" value="${email}">`
}
${field('name', 'Your name', { value: name === email || isFirst ? '' : name, autocomplete: 'name', hint: 'Shown to the people you work with.' })}
<h2>With a passkey</h2>
<p>Your device asks for your finger, your face or its PIN. There is nothing to remember.</p>
<p><button type="button" data-passkey="make" data-options="/staff/join/passkey/options" data-answer="/staff/join/passkey" data-told="told" formnovalidate hidden>Make a passkey</button></p>
<noscript><p>A passkey needs script; a password with an app works without.</p></noscript>
<h2>With a password and an authenticator app</h2>
<p class="field"><label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="new-password" maxlength="128" aria-describedby="password-hint">
<span class="hint" id="password-hint">At least ${LEAST_LENGTH} characters. Several words are easy to keep in mind.</span></p>
<p><button class="second">Go on with a password</button></p>
</form>`,
    true,
  )
}

/** The secret of the app and the recovery codes, shown once, and the first code as the proof that it works. */
export function appPage(options: {
  readonly link: string
  readonly uri: string
  readonly recoveryCodes: readonly string[]
}): Page {
  const { link, uri, recoveryCodes } = options
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  return layout(
    'Your authenticator app',
    html`<ol>
<li><p>Add this key to an authenticator app, or <a href="${uri}">open it in the app on this device</a>.</p>
<p class="secret" id="secret">${secret.match(/.{1,4}/g)?.join(' ') ?? ''}</p></li>
<li><p>Keep these recovery codes where nobody else finds them. Each works once, when the app is lost. They are not shown again.</p>
<ul class="codes" id="recovery-codes">${recoveryCodes.map((code) => html`<li>${code}</li>`)}</ul></li>
<li><p>Type the code that the app shows now.</p></li>
</ol>
${codeForm(link)}`,
  )
}

/** The code again: what was typed did not fit. */
export function codePage(options: { readonly link: string; readonly told: string }): Page {
  return layout('Your authenticator app', html`${notice(options.told)}${codeForm(options.link)}`)
}

function codeForm(link: string): Page {
  return html`<form method="post" action="/staff/join/code">
<input type="hidden" name="link" value="${link}">
${field('code', 'Code', { autocomplete: 'one-time-code', hint: 'Six digits from your authenticator app.' })}
<p><button>Finish</button></p>
</form>`
}

export function linkOverPage(): Page {
  return layout('This link is over', html`<p>It was used already, or it is too old. Ask for another one.</p>`)
}
