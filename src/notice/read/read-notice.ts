import { buildNotice } from '../build.ts'
import { htmlOf } from '../html.ts'
import { markdownOf } from '../markdown.ts'
import { pageText } from '../page-words.ts'
import { languages, type Words, wordsOf } from '../words.ts'
import { type Heard, hearPolicy, sectionsIn } from './hear-policy.ts'
import { htmlBlocks } from './html-blocks.ts'
import { markdownBlocks } from './markdown-blocks.ts'
import type { RawBlock } from './raw-block.ts'

/** A notice of ours that was read back. */
export interface OwnNotice extends Heard {
  readonly language: string
  /** Stretches of the source that our notice of this policy would not say: somebody else's sentences. */
  readonly others: readonly { readonly text: string; readonly start: number; readonly end: number }[]
}

/** The same words whatever the marks at the end: whether something is enforced is no part of what was committed to. */
const keyOfBlock = ({ type, text }: RawBlock, words: Words): string => {
  let key = text
  for (const mark of ['verified', 'enforced', 'undertaken']) {
    const said = pageText(words, mark)
    if (key.endsWith(` ${said}`)) key = key.slice(0, -said.length - 1)
  }
  return `${type} ${key}`
}

// A page that shares one heading with ours is not ours yet.
const leastSections = 3

const languageOf = (blocks: readonly RawBlock[], every: readonly Words[]): Words | undefined => {
  const known = every.map((words) => ({
    words,
    count: sectionsIn(blocks, words).filter(({ key }) => key !== '').length,
  }))
  const best = known.toSorted((left, right) => right.count - left.count)[0]
  return best !== undefined && best.count >= leastSections ? best.words : undefined
}

/** A row of a table or a line without its tags: both formats give the same. */
const keysOf = (blocks: readonly RawBlock[], words: Words): ReadonlySet<string> =>
  new Set(blocks.map((block) => keyOfBlock(block, words)))

/** What our notice of a policy says, in either format: documents are turned from one into the other. */
const saidOf = (heard: Heard, words: Words): ReadonlySet<string> => {
  const notice = buildNotice({ policy: heard.policy, enforced: new Set() }, words)
  return keysOf([...htmlBlocks(htmlOf(notice)), ...markdownBlocks(markdownOf(notice))], words)
}

/**
 * Reads a notice that `kept notice build` made, from its text alone: no id is looked at. Undefined for any other document.
 * What it reads is held against what would be said of it: a stretch that differs by a word is among `others`.
 * `more`: further languages, and languages with the words of the policy's author; they go before the others.
 */
export const readNotice = (
  source: string,
  format: 'html' | 'markdown',
  more: readonly Words[] = [],
): OwnNotice | undefined => {
  const blocks = format === 'html' ? htmlBlocks(source) : markdownBlocks(source)
  const words = languageOf(blocks, [...more, ...languages.map(wordsOf)])
  if (words === undefined) return undefined
  const sections = sectionsIn(blocks, words)
  const heard = hearPolicy(sections, words)
  if (heard.places.length === 0) return undefined
  const changed = new Set(sections.filter(({ key }) => key === 'changed').flatMap((section) => section.blocks))
  // What the marks mean is said of those that occur, which may have changed.
  const meanings = (['undertaken', 'enforced', 'verified'] as const).map((mark) => pageText(words, `${mark}-means`))
  const expected = new Set([...saidOf(heard, words), ...meanings.map((text) => `line ${text}`)])
  const others = blocks.filter((block) => !changed.has(block) && !expected.has(keyOfBlock(block, words)))
  const foreign = (place: { start: number; end: number }): boolean =>
    others.some((block) => block.start < place.end && place.start < block.end)
  return {
    language: words.language,
    policy: heard.policy,
    places: heard.places.filter((place) => !foreign(place)),
    others: others.map(({ text, start, end }) => ({ text, start, end })),
  }
}
