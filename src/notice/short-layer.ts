import { durationDays, parseDuration } from '../base/duration.ts'
import { entriesOf, valueAt } from '../commitments/block.ts'
import { listOf } from '../language/terms.ts'
import type { Declared } from './declared.ts'
import type { Block, Fact, Part } from './notice.ts'
import { pageText } from './page-words.ts'
import { recipientPart } from './purpose-sections.ts'
import { folded, translated } from './show-text.ts'
import type { Speech } from './speech.ts'
import { durationShown } from './time-words.ts'
import type { Words } from './words.ts'

// A screenful: what is beyond is counted, and the line leads to where all of it stands.
const mostParts = 7

const shortened = (parts: readonly Part[], speech: Speech, of: string): readonly Part[] => {
  if (parts.length <= mostParts + 1) return parts
  const count = parts.length - mostParts
  return [...parts.slice(0, mostParts), { of, text: pageText(speech.words, 'more', { count }) }]
}

const keeping = (policy: unknown, { words }: Speech): readonly Part[] => {
  const rules = entriesOf(valueAt(policy, 'retention'))
    .map(([name, entry]) => ({ of: `retention.${name}`, keep: String(valueAt(entry, 'keep')) }))
    .filter(({ keep }) => parseDuration(keep) !== undefined)
    .toSorted((left, right) => durationDays(left.keep).most - durationDays(right.keep).most)
  const [least, most] = [rules[0], rules.at(-1)]
  if (least === undefined || most === undefined) return []
  const [short, long] = [durationShown(least.keep, words), durationShown(most.keep, words)]
  return [
    short === long
      ? { of: least.of, text: pageText(words, 'keep-one', { keep: short }) }
      : { of: most.of, text: pageText(words, 'keep-range', { least: short, most: long }) },
  ]
}

const asking = (policy: unknown, { controller }: Declared, words: Words): readonly Part[] => {
  const places = entriesOf(valueAt(policy, 'recourse')).flatMap(([name, entry]) =>
    ['contact', 'officer'].includes(String(valueAt(entry, 'is')))
      ? listOf(valueAt(entry, 'at')).map((at) => ({ of: `recourse.${name}`, text: translated(String(at), words) }))
      : [],
  )
  const own = controller.contact === undefined ? [] : [{ of: 'controller', text: folded(controller.contact) }]
  const every = [...own, ...places]
  return every.filter((part, index) => every.findIndex((other) => other.text === part.text) === index)
}

/** The first layer of a notice: who, what, why, who gets it, how long, which rights, how to ask (EDPB: WP260 rev.01, 35 ff.). */
export const shortLayer = (policy: unknown, declared: Declared, speech: Speech): Block => {
  const { words, data, purposes } = speech
  const fact = (key: string, section: string, parts: readonly Part[], otherwise: string): Fact => ({
    head: pageText(words, key),
    section,
    parts: parts.length === 0 ? [{ of: section, text: otherwise }] : shortened(parts, speech, section),
  })
  const rights = entriesOf(valueAt(policy, 'rights')).flatMap(([name]) =>
    ['access', 'erasure', 'correction', 'portability', 'restriction', 'objection'].includes(name)
      ? [{ of: `rights.${name}`, text: words.kinds.rights?.names?.[name] ?? name }]
      : [],
  )
  const responsible = pageText(words, 'short-responsible', { name: folded(declared.controller.name ?? '') })
  return {
    type: 'facts',
    facts: [
      fact('short-who', 'controller', [{ of: 'controller', text: responsible }], words.list.none),
      fact(
        'short-what',
        'data',
        declared.data.map(({ name }) => ({ of: `data.${name}`, text: data.phraseOf(name) })),
        words.list.none,
      ),
      fact(
        'short-why',
        'purposes',
        declared.purposes.map(({ name }) => ({ of: `purposes.${name}`, text: purposes.phraseOf(name) })),
        words.list.none,
      ),
      fact(
        'short-recipients',
        'disclosure',
        entriesOf(valueAt(policy, 'disclosure')).flatMap(([name, entry]) => recipientPart(name, entry, speech)),
        pageText(words, 'nobody'),
      ),
      fact('short-keep', 'retention', keeping(policy, speech), pageText(words, 'no-keep')),
      fact('short-rights', 'rights', rights, words.list.none),
      fact('short-ask', 'recourse', asking(policy, declared, words), pageText(words, 'ask-nowhere')),
    ],
  }
}
