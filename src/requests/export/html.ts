/** Text inside HTML or an attribute in double quotes. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('\u0000', '\uFFFD')
}

/** A relative path as an attribute's value: each part percent-encoded. */
export function link(path: string): string {
  return escaped(path.split('/').map(encodeURIComponent).join('/'))
}

/** Styles of the page: readable on a telephone of 320 px and on paper, nothing loaded from elsewhere. */
export const STYLES = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { margin: 0 auto; max-width: 60rem; padding: 1rem }
h1 { font-size: 1.6rem } h2 { font-size: 1.25rem; margin-top: 2.5rem; border-bottom: 1px solid } h3 { font-size: 1.05rem }
h1, h2, h3, p, li, dt, dd { overflow-wrap: anywhere }
dl { margin: 0 } dt { font-weight: 600; margin-top: .5rem } dd { margin: 0 0 0 1rem }
.rows { overflow-x: auto; border: 1px solid #8888; border-radius: .25rem }
table { border-collapse: collapse; font-size: .875rem } th, td { border-bottom: 1px solid #8884; padding: .3rem .5rem; text-align: left; vertical-align: top; min-width: 2rem; max-width: 24rem; white-space: pre-wrap; overflow-wrap: break-word }
a { color: inherit } small { font-weight: 400 } .note { opacity: .8 }
@media (max-width: 40rem) { body { padding: .75rem } }
@media print { .rows { overflow: visible; border: 0 } table { width: 100%; table-layout: fixed; font-size: 8pt } td, th { overflow-wrap: anywhere } h2 { break-before: auto } h2, h3 { break-after: avoid } a { text-decoration: none } }
`
