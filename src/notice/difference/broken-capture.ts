import type { ReadDocument } from './document.ts'

/** A text that is no notice any more, or one many times over: what it lacks or repeats is no change of the policy. */
export interface BrokenCapture {
  readonly document: 'before' | 'after'
  readonly reason: 'empty' | 'error-page' | 'login-wall' | 'no-promises' | 'collapsed' | 'exploded'
  readonly what: string
}

// Below this many words the size of a text says little about it.
const FEW_WORDS = 150
const COLLAPSED = 0.5
const EXPLODED = 1.9

const errorPage =
  /\b(?:4(?:03|04|10|29)|50[0234])\b|not found|(?:can ?not|could not|can't) be (?:found|displayed|reached)|access denied|forbidden|unavailable|bad gateway|timed? ?out|something went wrong|enable javascript|javascript is (?:disabled|required)|checking your browser|you are (?:a )?human|captcha|just a moment|ray id/iu
const loginWall = /\b(?:log ?in|sign ?in|log on|password|create (?:an )?account|subscribe to (?:read|continue))\b/iu

const promisesOf = ({ sentences }: ReadDocument): number => sentences.filter(({ promises }) => promises).length

const textOf = ({ sentences }: ReadDocument): string =>
  sentences
    .map(({ text }) => text)
    .join(' ')
    .slice(0, 20_000)

/** What is wrong with one capture by itself. */
const brokenAlone = (document: ReadDocument, other: ReadDocument): Omit<BrokenCapture, 'document'> | undefined => {
  if (document.words === 0) return { reason: 'empty', what: 'there is no text' }
  if (document.words > FEW_WORDS || promisesOf(other) < 3) return undefined
  // A few words where another capture holds a notice: does it say why?
  const text = textOf(document)
  const promises = promisesOf(document)
  if (promises > 2) return undefined
  if (errorPage.test(text)) return { reason: 'error-page', what: 'the text is that of an error page' }
  if (loginWall.test(text)) return { reason: 'login-wall', what: 'the text asks to sign in' }
  return promises === 0 ? { reason: 'no-promises', what: 'no sentence promises anything' } : undefined
}

/** Captures that are broken; while there is one, the two documents cannot be held against each other. */
export const brokenCaptures = (before: ReadDocument, after: ReadDocument): readonly BrokenCapture[] => {
  const alone = (
    [
      ['before', before, after],
      ['after', after, before],
    ] as const
  ).flatMap(([document, one, other]) => {
    const broken = brokenAlone(one, other)
    return broken === undefined ? [] : [{ document, ...broken }]
  })
  if (alone.length > 0) return alone
  const ratio = after.words / before.words
  const difference = Math.abs(after.words - before.words)
  if (difference < FEW_WORDS || (ratio > COLLAPSED && ratio < EXPLODED)) return []
  const percent = Math.round(ratio * 100)
  return ratio <= COLLAPSED
    ? [{ document: 'after', reason: 'collapsed', what: `only ${percent} % of the words are left` }]
    : [{ document: 'after', reason: 'exploded', what: `the text has grown to ${percent} %` }]
}
