import type { Sentence } from '../sentences.ts'
import type { Warning } from './find-warnings.ts'

/** Links that show one address and lead to another, by sentence number. */
export function linkWarnings(sentences: readonly Sentence[]): ReadonlyMap<number, readonly Warning[]> {
  const found = new Map<number, Warning[]>()
  for (const sentence of sentences) {
    const links = [
      ...sentence.quote
        .slice(0, 20_000)
        .matchAll(
          /\[\W{0,3}((?:https?:\/\/|www\.)[^\]\s]{3,300}?)\W{0,3}\]\(([^)\s]{3,300})\)|<a\s[^>]{0,300}?href="([^"]{3,300})"[^>]{0,200}>((?:https?:\/\/|www\.)[^<\s]{3,300})</giu,
        ),
    ]
    const differ = links.some((link) => place(link[1] ?? link[4] ?? '') !== place(link[2] ?? link[3] ?? ''))
    if (!differ) continue
    found.set(sentence.number, [
      {
        code: 'links.target-differs',
        source: 'the text itself',
        verified: true,
        what: 'A link shows one address and leads to another.',
        stricter: 'Text and target are made equal before it is published.',
        forbidden: false,
      },
    ])
  }
  return found
}

/** Host and path of an address, without what makes no difference. */
function place(address: string): string {
  return address
    .toLowerCase()
    .replace(/^https?:\/\//u, '')
    .replace(/^www\./u, '')
    .replace(/[/.,]+$/u, '')
}
