/** The text of a letter as HTML: escaped, its own addresses as links, no picture and nothing from elsewhere. */

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replace(/[&<>"']/g, (one) => escapes[one] ?? one)

/** `https` addresses become links; a dot or bracket behind one is no part of it. */
function linked(text: string): string {
  return text
    .split(/(https:\/\/[^\s<>"']{1,2000})/u)
    .map((part, index) => {
      if (index % 2 === 0) return escaped(part)
      const end = /[.,;:!?)\]]+$/u.exec(part)?.index ?? part.length
      const url = escaped(part.slice(0, end))
      return `<a href="${url}">${url}</a>${escaped(part.slice(end))}`
    })
    .join('')
}

/** Paragraphs are told apart by an empty line. `language`: BCP 47. */
export function letterHtml(text: string, language: string): string {
  const paragraphs = text
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => `<p>${linked(paragraph.trim()).replaceAll('\n', '<br>\n')}</p>`)
  return `<!doctype html>
<html lang="${escaped(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<style>body{font:1rem/1.5 sans-serif;max-width:40rem;margin:1rem;overflow-wrap:anywhere}</style></head>
<body>
${paragraphs.join('\n')}
</body></html>
`
}
