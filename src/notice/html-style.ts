/** The style of a notice: readable from 320 px on, in the dark, and on paper; no font, picture or script is loaded. */
export const htmlStyle = `
:root { color-scheme: light dark; --text: #1a1c1e; --quiet: #4a5056; --page: #fff; --panel: #f3f5f7; --line: #c3c9d0; --link: #0b4f9e; --mark: #6b4a00 }
@media (prefers-color-scheme: dark) {
  :root { --text: #e8eaed; --quiet: #b3b9c0; --page: #14171a; --panel: #1e2327; --line: #464d55; --link: #8ec1ff; --mark: #f0c674 }
}
* { box-sizing: border-box }
html { font: 1.0625rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; -webkit-text-size-adjust: 100% }
body { margin: 0; color: var(--text); background: var(--page); overflow-wrap: anywhere; hyphens: auto }
header, main { max-width: 46rem; margin-inline: auto; padding: 0 1rem }
a { color: var(--link); text-underline-offset: .15em }
a:focus-visible, :target { outline: 3px solid var(--link); outline-offset: 2px }
.skip { position: absolute; inset-inline-start: -100vw; padding: .5rem 1rem; background: var(--page); z-index: 1 }
.skip:focus { inset-inline-start: .5rem; top: .5rem }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 1.5rem 0 1rem }
h2 { font-size: 1.3rem; line-height: 1.25; margin: 2.5rem 0 .75rem; padding-top: .5rem; border-top: 1px solid var(--line) }
h3 { font-size: 1.1rem; line-height: 1.3; margin: 1.75rem 0 .5rem }
p { margin: .5rem 0 }
.short { background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; padding: .25rem 1rem 1rem }
.short h2 { border: 0; margin: .5rem 0 }
dl { margin: 0; display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: .4rem 1rem }
dt { font-weight: 600 }
dd { margin: 0 }
nav ol { columns: 2 16rem; padding-inline-start: 1.25rem; margin: .5rem 0 }
nav li { break-inside: avoid }
.statements { list-style: none; margin: 0; padding: 0 }
.statements li { margin: .9rem 0; padding-inline-start: .9rem; border-inline-start: 3px solid var(--line) }
.mark { color: var(--mark); font-style: italic }
.mark-enforced, .mark-verified { font-style: normal; color: var(--quiet) }
table { border-collapse: collapse; width: 100%; margin: .75rem 0 1rem; font-size: .975rem }
caption { text-align: start; color: var(--quiet); padding-bottom: .35rem }
th, td { text-align: start; vertical-align: top; padding: .4rem .6rem; border: 1px solid var(--line) }
th[scope=row] { font-weight: 600 }
.facts-of th[scope=row] { width: 30%; overflow-wrap: break-word }
h2 + .facts-of caption, h3 + table caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
thead th { background: var(--panel) }
td ul { margin: 0; padding-inline-start: 1.1rem }
@media (max-width: 30rem) {
  html { font-size: 1rem }
  dl { grid-template-columns: 1fr; gap: 0 }
  dd { margin-bottom: .6rem }
  th, td { padding: .35rem .4rem }
  .wide, .wide caption, .wide tbody, .wide tr, .wide th, .wide td { display: block }
  .wide thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
  .wide tr { border: 1px solid var(--line); margin-bottom: .5rem; padding: .25rem 0 }
  .wide th, .wide td { border: 0; padding: .1rem .6rem }
  .wide td::before { content: attr(data-label) ": "; color: var(--quiet) }
}
@media print {
  :root { --text: #000; --page: #fff; --panel: #fff; --line: #888; --link: #000; --mark: #000; --quiet: #000 }
  .skip, nav { display: none }
  html { font-size: 10.5pt }
  header, main { max-width: none; padding: 0 }
  h2, h3, caption { break-after: avoid }
  tr, .statements li { break-inside: avoid }
}
`.trim()
