import { disposeSentence } from './disposition.ts'
import { type Labelled, labelSentence } from './label-sentence.ts'
import type { Disposition, Label } from './labels.ts'
import { type Meaning, type Modality, readMeaning } from './meaning.ts'
import { normalForm } from './normal-form.ts'
import type { Sentence } from './sentences.ts'
import { servingCompany } from './slots/company-names.ts'

/** A sentence with what it means. */
export interface Understood {
  readonly sentence: Sentence
  readonly meaning: Meaning | undefined
  readonly label: Label
  readonly disposition: Disposition
  readonly modality: Modality | 'none'
  readonly sure: number
  readonly because: readonly string[]
}

/** Understands all sentences of a document in order; items through their lead-in, references through what they refer to. */
export function understand(sentences: readonly Sentence[], vendor: RegExp | undefined): Understood[] {
  const meanings = sentences.map((sentence) =>
    sentence.heading || sentence.note
      ? undefined
      : withNamedVendor(
          readMeaning(normalForm(sentence.text.slice(sentence.runIn), vendor), sentence.section),
          sentence.text.slice(sentence.runIn),
          vendor,
        ),
  )
  const itemsOf = new Map<number, number[]>()
  for (const sentence of sentences)
    if (sentence.leadIn !== undefined)
      itemsOf.set(sentence.leadIn, [...(itemsOf.get(sentence.leadIn) ?? []), sentence.number - 1])
  const labelled: (Labelled | undefined)[] = []
  for (const [index, sentence] of sentences.entries()) {
    const meaning = meanings[index]
    if (meaning === undefined) {
      labelled.push(undefined)
      continue
    }
    const leadIn = sentence.leadIn === undefined ? undefined : labelled[sentence.leadIn - 1]
    const before = sentence.opensBlock && sentence.leadIn === undefined ? undefined : labelled[index - 1]
    const items = (itemsOf.get(sentence.number) ?? []).slice(0, 30).flatMap((item) => {
      const of = meanings[item]
      return of === undefined ? [] : [labelSentence(of, undefined, undefined)]
    })
    labelled.push(labelSentence(meaning, leadIn, before, items))
  }
  return sentences.map((sentence, index) => {
    const meaning = meanings[index]
    const found = labelled[index]
    if (meaning === undefined || found === undefined)
      return {
        sentence,
        meaning: undefined,
        label: 'none',
        disposition: 'not-a-promise',
        modality: 'none',
        sure: 0.98,
        because: [],
      }
    const features = new Set(meaning.features)
    if (sentence.leadIn !== undefined) features.add('item')
    const lead = sentence.leadIn === undefined ? undefined : meanings[sentence.leadIn - 1]
    const modality = lead !== undefined && !meaning.features.has('own-clause') ? lead.modality : meaning.modality
    return {
      sentence,
      meaning,
      label: found.label,
      disposition: disposeSentence(found.label, features),
      modality,
      sure: found.sure,
      because: found.because,
    }
  })
}

/** Names are known by their capitals, which the normal form has lost. */
function withNamedVendor(meaning: Meaning, text: string, vendor: RegExp | undefined): Meaning {
  if (servingCompany(text, vendor) === undefined) return meaning
  return { ...meaning, features: new Set([...meaning.features, 'named-vendor']) }
}
