import type { Field } from './entry-fields.ts'
import { fieldsFor } from './entry-fields.ts'
import { hearValues, type Scalar, type Speech, sayValues } from './speech.ts'
import type { Words } from './words.ts'

/** A sentence of the words file, with the keys it says. */
interface Rule {
  /** The form (`is`, or the name of a right) it belongs to; undefined: any. */
  readonly form: string | undefined
  /** Keys with a value of their own sentence; an empty one stands for an empty list. */
  readonly fixed: readonly (readonly [key: string, value: string])[]
  readonly slots: readonly string[]
  /** The stretches around the slots. */
  readonly around: readonly string[]
}

/** A commitment as its leaves: each key with its values. An absent key is absent here. */
export type Leaves = ReadonlyMap<string, readonly Scalar[]>

const slot = /\{([^}]+)\}/gu

const ruleOf = (id: string, sentence: string): Rule => {
  const slash = id.indexOf('/')
  const parts = id.slice(slash + 1).split('+')
  return {
    form: slash < 0 ? undefined : id.slice(0, slash),
    fixed: parts.flatMap((part) => {
      const at = part.indexOf('=')
      return at < 0 ? [] : [[part.slice(0, at), part.slice(at + 1)] as const]
    }),
    slots: [...sentence.matchAll(slot)].map((match) => match[1] ?? ''),
    around: sentence.split(/\{[^}]+\}/u),
  }
}

const compiled = new WeakMap<Words, Map<string, readonly Rule[]>>()

/** The sentences of a kind, those of every commitment last. */
const rulesFor = (kind: string, words: Words): readonly Rule[] => {
  const kinds = compiled.get(words) ?? new Map<string, readonly Rule[]>()
  compiled.set(words, kinds)
  const known = kinds.get(kind)
  if (known !== undefined) return known
  const rules = [...Object.entries(words.kinds[kind]?.says ?? {}), ...Object.entries(words.every)].map(
    ([id, sentence]) => ruleOf(id, sentence),
  )
  kinds.set(kind, rules)
  return rules
}

/** The form of a commitment: what it is, or where the language names it, its name. */
const formOf = (leaves: Leaves, name: string): string => String(leaves.get('is')?.[0] ?? name)

const typed = (value: string, field: Field | undefined): Scalar =>
  (value === 'true' || value === 'false') && field?.fixed.includes(value === 'true') === true ? value === 'true' : value

const says = (rule: Rule, leaves: Leaves, form: string, fields: readonly Field[]): boolean =>
  (rule.form === undefined || rule.form === form) &&
  rule.slots.every((key) => leaves.has(key)) &&
  rule.fixed.every(([key, value]) => {
    const values = leaves.get(key)
    if (value === '') return values?.length === 0
    return (
      values?.length === 1 &&
      values[0] ===
        typed(
          value,
          fields.find((field) => field.key === key),
        )
    )
  })

const compose = (
  kind: string,
  name: string,
  leaves: Leaves,
  speech: Speech,
): { readonly sentences: readonly string[]; readonly unsaid: readonly string[] } => {
  const fields = fieldsFor(kind, name)
  const form = formOf(leaves, name)
  const open = new Map(leaves)
  const sentences: string[] = []
  for (const rule of rulesFor(kind, speech.words)) {
    if (!says(rule, open, form, fields)) continue
    const phrases = rule.slots.map((key) => {
      const field = fields.find((each) => each.key === key)
      return field === undefined ? '' : sayValues(open.get(key) ?? [], field, kind, speech)
    })
    sentences.push(rule.around.map((text, index) => `${text}${phrases[index] ?? ''}`).join(''))
    for (const key of [...rule.slots, ...rule.fixed.map(([fixed]) => fixed)]) open.delete(key)
  }
  return { sentences, unsaid: [...open.keys()] }
}

/** What a commitment says, sentence by sentence. Throws where the words file has no sentence for a key. */
export const sayLeaves = (kind: string, name: string, leaves: Leaves, speech: Speech): readonly string[] => {
  const { sentences, unsaid } = compose(kind, name, leaves, speech)
  if (unsaid.length === 0) return sentences
  throw new TypeError(`no sentence of language ${speech.words.language} says ${kind}: ${unsaid.join(', ')}`)
}

// A slot ends where the stretch after it begins, which may be at several places. A sentence so long that each of them costs
// much is looked at in fewer: no document shall keep a reader busy.
const mostTries = ({ length }: string): number => Math.max(4, Math.min(40, 200_000 / length))

const hearSlots = (
  rule: Rule,
  text: string,
  at: number,
  from: number,
  hear: (key: string, phrase: string) => readonly Scalar[] | undefined,
): readonly (readonly Scalar[])[] | undefined => {
  const key = rule.slots[at]
  if (key === undefined) return from === text.length ? [] : undefined
  const after = rule.around[at + 1] ?? ''
  const last = at === rule.slots.length - 1
  for (
    let tries = 0, end = last ? text.length - after.length : text.indexOf(after, from);
    tries < mostTries(text);
    tries++
  ) {
    if (end < from || !text.startsWith(after, end)) return undefined
    const values = hear(key, text.slice(from, end))
    const rest = values === undefined ? undefined : hearSlots(rule, text, at + 1, end + after.length, hear)
    if (values !== undefined && rest !== undefined) return [values, ...rest]
    if (last) return undefined
    end = text.indexOf(after, end + 1)
  }
  return undefined
}

/** What one sentence says, by the rules of a form; undefined where it is none of them. */
const hearSentence = (
  sentence: string,
  rules: readonly Rule[],
  kind: string,
  fields: readonly Field[],
  speech: Speech,
): Leaves | undefined => {
  for (const rule of rules) {
    const start = rule.around[0] ?? ''
    if (!sentence.startsWith(start)) continue
    const values = hearSlots(rule, sentence, 0, start.length, (key, phrase) => {
      const field = fields.find((each) => each.key === key)
      return field === undefined ? undefined : hearValues(phrase, field, kind, speech)
    })
    if (values === undefined) continue
    return new Map([
      ...rule.fixed.map(([key, value]): readonly [string, readonly Scalar[]] => {
        const field = fields.find((each) => each.key === key)
        return [key, value === '' ? [] : [typed(value, field)]]
      }),
      ...rule.slots.map((key, index) => [key, values[index] ?? []] as const),
    ])
  }
  return undefined
}

/** The commitment that says exactly these sentences, in this order; undefined where none does. */
export const hearSentences = (
  kind: string,
  name: string,
  sentences: readonly string[],
  speech: Speech,
): Leaves | undefined => {
  const fields = fieldsFor(kind, name)
  const rules = rulesFor(kind, speech.words)
  const isRules = rules.filter((rule) => rule.fixed.some(([key]) => key === 'is'))
  const heard = sentences.map((sentence) => hearSentence(sentence, isRules, kind, fields, speech))
  const form = formOf(new Map(heard.flatMap((leaves) => [...(leaves ?? [])])), name)
  const others = rules.filter((rule) => !isRules.includes(rule))
  const ofForm = [...others.filter((rule) => rule.form === form), ...others.filter((rule) => rule.form === undefined)]
  const leaves = new Map<string, readonly Scalar[]>()
  for (const [index, sentence] of sentences.entries()) {
    const said = heard[index] ?? hearSentence(sentence, ofForm, kind, fields, speech)
    for (const [key, values] of said ?? []) leaves.set(key, values)
  }
  const again = compose(kind, name, leaves, speech).sentences
  return again.length === sentences.length && again.every((sentence, index) => sentence === sentences[index])
    ? leaves
    : undefined
}
