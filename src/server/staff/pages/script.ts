/**
 * The one script of the pages: a button `data-passkey` asks `data-options` for what the browser needs, lets it ask the
 * person, and sends the answer to `data-answer` (Web Authentication Level 3 §5.1.7 and 5.1.10).
 */
export const passkeyScript = `'use strict'
const told = (button, text) => {
  const place = document.getElementById(button.dataset.told)
  place.textContent = text
  place.hidden = false
}
const ask = async (address, body) => {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const given = await answer.json()
  if (!answer.ok) throw new Error(given.told)
  return given
}
const run = async (button) => {
  const fields = button.form ? Object.fromEntries(new FormData(button.form)) : {}
  const options = await ask(button.dataset.options, fields)
  const made = button.dataset.passkey === 'make'
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })
  const { to } = await ask(button.dataset.answer, { ...fields, response: made.toJSON() })
  location.assign(to)
}
for (const button of document.querySelectorAll('button[data-passkey]')) {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) continue
  button.hidden = false
  button.addEventListener('click', () => {
    if (button.form && !button.form.reportValidity()) return
    button.disabled = true
    run(button)
      .catch((error) => told(button, error.name === 'Error' ? error.message : 'No passkey was used. You can try again.'))
      .finally(() => { button.disabled = false })
  })
}
`
