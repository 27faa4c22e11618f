import { html } from 'hono/html'
import type { Staff } from '../../who.ts'
import { layout, type Page } from './layout.ts'

/** Who one is here, and the ways out. */
export function accountPage(options: {
  readonly staff: Staff
  readonly passkeys: readonly { readonly id: string; readonly name: string; readonly since: string }[]
}): Page {
  const { staff, passkeys } = options
  return layout(
    'Your account',
    html`<p class="told" id="told" role="alert" hidden></p>
<p>You are signed in as <strong>${staff.name}</strong>.</p>
<h2>Roles</h2>
<ul>${Object.entries(staff.roles).map(([tenant, roles]) => html`<li>${tenant}: ${roles.join(', ')}</li>`)}</ul>
<h2>Passkeys</h2>
${
  passkeys.length === 0
    ? html`<p>You have none yet.</p>`
    : html`<ul>${passkeys.map(({ name, since }) => html`<li>${name}, since ${since}</li>`)}</ul>`
}
<form method="post" action="/staff/account">
<p><button type="button" class="second" data-passkey="make" data-options="/staff/account/passkey/options" data-answer="/staff/account/passkey" data-told="told" hidden>Add a passkey</button></p>
</form>
<h2>Sign out</h2>
<form method="post" action="/staff/sign-out"><p><button>Sign out here</button></p></form>
<form method="post" action="/staff/sign-out/everywhere"><p><button class="second">Sign out everywhere</button></p></form>`,
    true,
  )
}
