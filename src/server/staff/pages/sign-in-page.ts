import { html } from 'hono/html'
import { field, layout, notice, type Page } from './layout.ts'

/** Sign-in: a passkey, the organisation's own sign-in where there is one, or password and code. */
export function signInPage(options: { readonly to: string; readonly told?: string; readonly oidcName?: string }): Page {
  const { to, told, oidcName } = options
  const query = new URLSearchParams({ to }).toString()
  return layout(
    'Sign in',
    html`${notice(told)}
<p class="told" id="told" role="alert" hidden></p>
<form method="post" action="/staff/sign-in">
<input type="hidden" name="to" value="${to}">
${oidcName === undefined ? '' : html`<p><a href="/staff/oidc?${query}">Sign in with ${oidcName}</a></p>`}
${field('email', 'E-mail address', { type: 'email', autocomplete: 'username' })}
${field('password', 'Password', { type: 'password', autocomplete: 'current-password' })}
${field('code', 'Code', {
  autocomplete: 'one-time-code',
  hint: 'Six digits from your authenticator app, or a recovery code.',
})}
<p><button>Sign in</button></p>
</form>
<form method="post" action="/staff/sign-in">
<input type="hidden" name="to" value="${to}">
<p><button type="button" class="second" data-passkey="use" data-options="/staff/passkey/options" data-answer="/staff/passkey" data-told="told" hidden>Sign in with a passkey</button></p>
</form>`,
    true,
  )
}

/** A second factor once more, before an act that destroys or publishes. */
export function confirmPage(options: {
  readonly to: string
  readonly told?: string
  readonly hasApp: boolean
  readonly hasPasskey: boolean
  readonly oidcName?: string
}): Page {
  const { to, told, hasApp, hasPasskey, oidcName } = options
  const query = new URLSearchParams({ to, again: 'yes' }).toString()
  return layout(
    'Confirm that it is you',
    html`${notice(told)}
<p class="told" id="told" role="alert" hidden></p>
<p>What you are about to do cannot be taken back, so show your second factor once more.</p>
${
  hasApp
    ? html`<form method="post" action="/staff/confirm">
<input type="hidden" name="to" value="${to}">
${field('code', 'Code', { autocomplete: 'one-time-code', hint: 'Six digits from your authenticator app.' })}
<p><button>Confirm</button></p>
</form>`
    : ''
}
${
  hasPasskey
    ? html`<form method="post" action="/staff/confirm">
<input type="hidden" name="to" value="${to}">
<p><button type="button" class="second" data-passkey="use" data-options="/staff/confirm/passkey/options" data-answer="/staff/confirm/passkey" data-told="told" hidden>Confirm with a passkey</button></p>
</form>`
    : ''
}
${oidcName === undefined ? '' : html`<p><a href="/staff/oidc?${query}">Sign in with ${oidcName} again</a></p>`}`,
    true,
  )
}
