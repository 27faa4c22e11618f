import { html, raw } from 'hono/html'
import type { Can, Told } from '../../intake/tell.ts'
import type { Errors } from './ask-pages.ts'
import { field, type Look, layout, type Markup, nothing, summary } from './layout.ts'

/** The page that the link of a letter opens. It asks first: scanners of mail follow links too. */
export function confirmPage(look: Look): Markup {
  const { say, language } = look.words
  return layout(
    look,
    say('confirm-title'),
    html`<p>${say('confirm-text')}</p>
<form method="post" action="?lang=${language}"><p class="actions"><button>${say('confirm')}</button></p></form>`,
  )
}

/** Number and code of the letter, for whoever cannot open its link here. */
export function codePage(look: Look, number = '', errors: Errors = {}): Markup {
  const { words } = look
  const { say, language } = words
  return layout(
    look,
    say('code-title'),
    html`${summary(words, errors)}<form method="post" action="/confirm?lang=${language}" novalidate>
${field({ name: 'number', label: say('number'), hint: say('number-hint'), value: number })}
${field({ name: 'code', label: say('code'), hint: say('code-hint'), error: errors.code, autocomplete: 'one-time-code' })}
<p class="actions"><button>${say('confirm')}</button></p>
</form>`,
    Object.keys(errors).length > 0,
  )
}

/** The passphrase of a copy, shown once; `page` is the address of the person's own page. */
export function passphrasePage(look: Look, title: string, passphrase: string | undefined, page: string): Markup {
  const { say, language } = look.words
  return layout(
    look,
    title,
    html`${
      passphrase === undefined
        ? html`<p>${say('passphrase-gone')}</p>`
        : html`<h2>${say('passphrase-title')}</h2>
<p>${say('passphrase-text')}</p>
<p class="secret">${passphrase}</p>`
    }
<p><a class="button" href="/case/${page}?lang=${language}">${say('follow')}</a></p>`,
  )
}

export interface CaseView {
  readonly told: Told
  /** Of a copy: its passphrase may still be shown. */
  readonly hasPassphrase: boolean
  /** What the person just did. */
  readonly done?: string | undefined
  readonly errors?: Errors
  /** What was written into the form that is sent back. */
  readonly written?: string
}

/** The person's own page of a case: what was, what comes, what can be done. */
export function casePage(look: Look, { told, hasPassphrase, done, errors = {}, written = '' }: CaseView): Markup {
  const { words } = look
  const { say } = words
  return layout(
    look,
    say('case-title'),
    html`${summary(words, errors)}${done === undefined ? nothing : html`<p class="told" role="status">${done}</p>`}
<p>${told.asked} ${told.due ?? ''}</p>
<h2>${say('comes')}</h2>
<p class="next">${told.next}</p>
${told.ground === undefined ? nothing : html`<h2>${say('ground')}</h2><p>${told.ground.words} (${told.ground.source})</p>`}
<h2>${say('so-far')}</h2>
<ol class="steps">${told.steps.map(({ at, day, words: text }) => html`<li><time datetime="${at}">${day}</time>${text}</li>`)}</ol>
<h2>${say('can')}</h2>
${hasPassphrase ? act('passphrase', say('passphrase')) : nothing}
${told.can.map(({ act: one }) => formOfAct(look, one, told, errors, written))}
<p class="hint">${say('case-number', { number: told.reference })} ${say('keep-link')}</p>`,
    Object.keys(errors).length > 0,
  )
}

// A form without an address goes back to the page's own.
const act = (name: string, label: string): Markup =>
  html`<form method="post"><p class="actions"><button name="act" value="${name}">${label}</button></p></form>`

function formOfAct(look: Look, one: Can['act'], told: Told, errors: Errors, written: string): Markup {
  const { say } = look.words
  switch (one) {
    case 'prove':
      return html`<p><a href="/confirm?lang=${look.words.language}">${say('prove')}</a></p>`
    case 'fetch':
      return act('fetch', say('fetch'))
    case 'agree-fee':
      return act('agree-fee', say('agree-fee', { amount: told.fee?.amount ?? '' }))
    case 'message':
    case 'complain': {
      const error = errors[one]
      const value = error === undefined ? '' : written
      return folded(
        say(one),
        error !== undefined,
        html`<form method="post" novalidate>
${field({ name: one, label: say(`${one}-label`), value, error, type: 'area' })}
<p class="actions"><button name="act" value="${one}">${say(one)}</button></p></form>`,
      )
    }
    case 'withdraw': {
      const error = errors.withdraw
      return folded(
        say('withdraw'),
        error !== undefined,
        html`<form method="post" novalidate><p>${say('withdraw-text')}</p>
${error === undefined ? nothing : html`<p class="wrong" id="withdraw-error">${error}</p>`}
<label class="choice"><input type="checkbox" id="withdraw" name="sure" value="yes"${error === undefined ? nothing : raw(' aria-describedby="withdraw-error"')}><span>${say('sure')}</span></label>
<p class="actions"><button name="act" value="withdraw">${say('withdraw')}</button></p></form>`,
      )
    }
    case 'outside':
      return folded(
        say('outside'),
        false,
        told.bodies.length === 0
          ? html`<p>${say('outside-none')}</p>`
          : html`<p>${say('outside-text', { contact: told.contact })}</p>
<ul>${told.bodies.map(({ name, at }) => html`<li>${at !== undefined && /^https?:\/\//.test(at) ? html`<a href="${at}">${name}</a>` : html`${name}${at === undefined ? '' : `, ${at}`}`}</li>`)}</ul>`,
      )
  }
}

const folded = (label: string, isOpen: boolean, body: Markup): Markup =>
  html`<details${isOpen ? raw(' open') : nothing}><summary>${label}</summary>${body}</details>`
