import { html, raw } from 'hono/html'
import { field, type Look, layout, type Markup, nothing, summary } from './layout.ts'
import { type Offered, offered } from './words.ts'

/** What somebody wrote into the form so far. */
export interface Draft {
  readonly kind: Offered
  readonly email: string
  readonly words: string
}

export type Errors = Readonly<Record<string, string>>

/** Without words a person could not act on these. */
export const needsWords = (kind: Offered): boolean => ['correction', 'question', 'complaint'].includes(kind)

const step = ({ words }: Look, number: number): Markup =>
  html`<p class="step">${words.say('step', { number: String(number) })}</p>`

/** Step 1: what do you want? */
export function whatPage(look: Look, errors: Errors = {}): Markup {
  const { words } = look
  const isWrong = Object.keys(errors).length > 0
  const title = words.say('what-title')
  return layout(
    look,
    title,
    html`${step(look, 1)}${summary(words, errors)}
<form method="get" action="/ask/who">
<input type="hidden" name="lang" value="${words.language}">
<fieldset${isWrong ? raw(' aria-describedby="kind-error"') : nothing}><legend class="hint">${title}</legend>
${errors.kind === undefined ? nothing : html`<span class="wrong" id="kind-error">${errors.kind}</span>`}
${offered.map((kind, index) => html`<label class="choice"><input type="radio" name="kind" value="${kind}"${index === 0 ? raw(' id="kind"') : nothing}><span>${words.kinds[kind]}</span></label>`)}
</fieldset>
<p class="actions"><button>${words.say('next')}</button></p>
</form>`,
    isWrong,
  )
}

/** Step 2: how do we reach you? */
export function whoPage(look: Look, draft: Draft, errors: Errors = {}): Markup {
  const { words } = look
  const { say } = words
  const needed = needsWords(draft.kind)
  return layout(
    look,
    say('who-title'),
    html`${step(look, 2)}${summary(words, errors)}
<p>${say('you-want')}: <strong>${words.kinds[draft.kind]}</strong></p>
<form method="post" action="/ask/check?lang=${words.language}" novalidate>
<input type="hidden" name="kind" value="${draft.kind}">
${field({ name: 'email', label: say('email'), hint: say('email-hint'), value: draft.email, error: errors.email, type: 'email', autocomplete: 'email' })}
${field({
  name: 'words',
  label: say(needed ? 'words-needed' : 'words'),
  hint: say(needed ? 'words-needed-hint' : 'words-hint'),
  value: draft.words,
  error: errors.words,
  type: 'area',
  required: needed,
})}
<p class="actions"><button>${say('next')}</button></p>
</form>`,
    Object.keys(errors).length > 0,
  )
}

/** Step 3: check and send. */
export function checkPage(look: Look, draft: Draft, isProven: boolean): Markup {
  const { words } = look
  const { say } = words
  const { kind, email, words: said } = draft
  const kept = html`<input type="hidden" name="kind" value="${kind}"><input type="hidden" name="email" value="${email}"><input type="hidden" name="words" value="${said}">`
  return layout(
    look,
    say('check-title'),
    html`${step(look, 3)}
<dl>
<dt>${say('you-want')}</dt><dd>${words.kinds[kind]}</dd>
<dt>${say('email')}</dt><dd>${email}</dd>
${said === '' ? nothing : html`<dt>${say('you-said')}</dt><dd class="said">${said}</dd>`}
</dl>
<p class="next">${say(isProven ? 'check-next' : 'check-next-plain')}</p>
<form method="post" action="/ask/send?lang=${words.language}">
${kept}
<p class="actions"><button>${say('send')}</button>
<button class="second" formaction="/ask/change?lang=${words.language}">${say('back')}</button></p>
</form>`,
  )
}

/** The answer to everybody who asked. */
export function askedPage(look: Look, due: string, isProven: boolean): Markup {
  const { say, language } = look.words
  return layout(
    look,
    say('asked-title'),
    html`<p class="next">${say(isProven ? 'asked-letter' : 'asked-plain')}</p>
<p>${say('asked-due', { date: due })}</p>
${
  isProven
    ? html`<p><a class="button" href="/confirm?lang=${language}">${say('asked-code')}</a></p>
<p>${say('asked-same')} ${say('asked-nothing')}</p>`
    : nothing
}`,
  )
}
