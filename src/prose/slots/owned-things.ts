import { isDataHead } from './data-heads.ts'
import { headOf, type Span, singular } from './noun-phrase.ts'
import { BOUNDARY_WORDS, VERB_FORMS } from './words.ts'

const OWNED =
  /\b(?:your|their|his or her|(?:a|the) (?:user|customer|student|patient|member|person|child)'s|(?:users|customers|students|patients|members|children)')\s+/gu
const KEPT =
  /^\W*(?:all |any |these |such |the )?((?:[\p{L}'-]+ ){0,3}[\p{L}'-]+)(?: from [^,.;]{3,40}?)? (?:is|are|will be|may be|can be) (?:\w+ )?(?:kept|stored|held|retained|deleted|erased|removed|destroyed|overwritten|encrypted|hashed|shared|passed|disclosed|transmitted|visible|sold|processed)\b/u

/** Things of a person that are data by their head: "your images", "patients' files"; and things that are kept or deleted. */
export function ownedThings(text: string): Span[] {
  const spans: Span[] = []
  const body = text.slice(0, 2000)
  for (const owner of body.matchAll(OWNED)) {
    const start = owner.index + owner[0].length
    const end = nounsEnd(body, start)
    if (end > start && isDataHead(singular(headOf(body.slice(start, end))))) spans.push([start, end])
  }
  const kept = KEPT.exec(body)?.[1]
  const clause = kept?.split(' ').some((word) => BOUNDARY_WORDS.has(word) || VERB_FORMS.has(word)) === true
  if (kept !== undefined && !clause && isDataHead(singular(headOf(kept))))
    spans.push([body.indexOf(kept), body.indexOf(kept) + kept.length])
  return spans
}

/** The end of the nouns that begin here. */
function nounsEnd(text: string, start: number): number {
  let end = start
  for (const word of text.slice(start, start + 80).matchAll(/\s*([\p{L}\p{N}'-]+)/guy)) {
    const bare = word[1] ?? ''
    if (BOUNDARY_WORDS.has(bare) || (VERB_FORMS.has(bare) && end > start)) break
    end = start + word.index + word[0].length
  }
  return end
}
