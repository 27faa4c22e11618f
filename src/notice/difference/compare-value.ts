import { durationWords } from '../../base/duration-words.ts'
import { entriesOf, valueAt } from '../../commitments/block.ts'
import type { Nature, Rule } from '../../commitments/comparison.ts'
import type { Json } from '../../ledger.ts'
import { meaning, sameMeaning, termDays, wordsOf } from './normal.ts'
import { type Change, type Judging, judged, unweighed } from './weigh.ts'

/** What a value is compared in: the entry's nature, and how a reader calls things. */
export interface Around {
  /** Undefined where it is not the same before and after. */
  readonly nature: Nature | undefined
  /** The entry as a reader sees it: `hosting`. */
  readonly label: string
  readonly shown: (rule: Rule, word: string) => string
}

const told = (given: unknown): string => {
  if (given === undefined || given === null) return 'nothing said'
  if (typeof given === 'string') return durationWords(given)
  return typeof given === 'object' ? JSON.stringify(given) : String(given)
}

const values = (before: unknown, after: unknown): Pick<Change, 'change' | 'before' | 'after'> => ({
  change: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
  ...(before === undefined ? {} : { before: before as Json }),
  ...(after === undefined ? {} : { after: after as Json }),
})

/** The plain difference: what was there and what is there now. */
const changed = (rule: Rule, before: unknown, after: unknown, { label }: Around): Change => ({
  ...unweighed(rule),
  ...values(before, after),
  what:
    before === undefined
      ? `${rule.noun} added: ${told(after)} (${label})`
      : after === undefined
        ? `${rule.noun} removed: ${told(before)} (${label})`
        : `${rule.noun} of ${label} changed from ${told(before)} to ${told(after)}`,
})

type Compare<By extends Rule['by']> = (
  rule: Extract<Rule, { by: By }>,
  before: unknown,
  after: unknown,
  around: Around,
) => readonly Change[]

const compareList: Compare<'list'> = (rule, before, after, around) => {
  const [then, now] = [wordsOf(before), wordsOf(after)]
  const shown = (words: readonly string[]): string => words.map((word) => around.shown(rule, word)).join(', ')
  const absent = rule.absent ?? 'none'
  if (absent !== 'none' && (then.length === 0) !== (now.length === 0)) {
    const stated = now.length > 0
    const names = shown(stated ? now : then)
    const limit = stated ? `limited to ${names}` : `no longer limited to ${names}`
    const naming = stated ? `now stated: ${names}` : `no longer stated; it was ${names}`
    return [
      {
        ...(absent === 'all'
          ? judged(rule, !stated, around)
          : { ...unweighed(rule), why: 'it was open before or after' }),
        ...values(before, after),
        what: `${rule.noun} ${absent === 'all' ? limit : naming} (${around.label})`,
      },
    ]
  }
  const came = now.filter((word) => !then.includes(word))
  const went = then.filter((word) => !now.includes(word))
  return [
    ...came.map((word) => ({
      ...judged(rule, true, around),
      change: 'added' as const,
      after: word,
      what: `${rule.noun} added: ${around.shown(rule, word)} (${around.label})`,
    })),
    ...went.map((word) => ({
      ...judged(rule, false, around),
      change: 'removed' as const,
      before: word,
      what: `${rule.noun} removed: ${around.shown(rule, word)} (${around.label})`,
    })),
  ]
}

/** By how much there is: the difference of two numbers, where absence may stand for one. */
const compareSizes = (
  rule: Judging & { readonly absent?: unknown },
  [before, after]: readonly [unknown, unknown],
  sizeOf: (given: unknown) => number | undefined,
  around: Around,
): readonly Change[] => {
  const [then, now] = [sizeOf(before), sizeOf(after)]
  if (then !== undefined && then === now) return []
  if (then === undefined || now === undefined) return [changed(rule, before, after, around)]
  const change = judged(rule, now > then, around)
  const verb = { wider: 'widened', narrower: 'narrowed', neutral: 'changed' }[change.class]
  const end = (given: unknown): string =>
    given === undefined
      ? rule.absent === 'endless'
        ? 'no limit'
        : told(rule.absent === 'zero' ? 'PT0S' : rule.absent)
      : told(given)
  return [
    {
      ...change,
      ...values(before, after),
      what: `${rule.noun} of ${around.label} ${verb} from ${end(before)} to ${end(after)}`,
    },
  ]
}

const absence = (absent: unknown): number | undefined => {
  if (absent === 'endless') return Number.POSITIVE_INFINITY
  if (absent === 'zero') return 0
  return typeof absent === 'number' ? absent : undefined
}

const compareTerm: Compare<'term'> = (rule, before, after, around) =>
  compareSizes(rule, [before, after], (given) => (given === undefined ? absence(rule.absent) : termDays(given)), around)

const compareAmount: Compare<'amount'> = (rule, before, after, around) =>
  compareSizes(
    rule,
    [before, after],
    (given) => (given === undefined ? absence(rule.absent) : typeof given === 'number' ? given : undefined),
    around,
  )

const compareSteps: Compare<'steps'> = (rule, before, after, around) => {
  const stepOf = (given: unknown): number => {
    const known = rule.steps.indexOf(given as string | undefined)
    if (known >= 0) return known
    return given !== undefined ? rule.steps.indexOf('said') : rule.absent === 'unstated' ? -1 : 0
  }
  const [then, now] = [stepOf(before), stepOf(after)]
  if (then === now) return []
  if (then < 0 || now < 0) return [changed(rule, before, after, around)]
  const spoken = rule.steps.length === 2 && rule.steps[0] === undefined
  return [
    {
      ...judged(rule, now > then, around),
      ...values(before, after),
      what: spoken
        ? `${rule.noun} ${now > then ? 'added' : 'removed'} (${around.label})`
        : `${rule.noun} of ${around.label} changed from ${told(rule.steps[then])} to ${told(rule.steps[now])}`,
    },
  ]
}

const compareParts: Compare<'parts'> = (rule, before, after, around) => {
  if ((before === undefined) !== (after === undefined))
    return [
      {
        ...judged(rule, after !== undefined, around),
        ...values(before, after),
        what: `${rule.noun} ${after === undefined ? 'removed' : 'added'} (${around.label})`,
      },
    ]
  return Object.entries(rule.parts).flatMap(([key, part]) =>
    compareValue(part, valueAt(before, key), valueAt(after, key), around),
  )
}

const compareNamed: Compare<'entries'> = (rule, before, after, around) => {
  const names = [...new Set([...entriesOf(before), ...entriesOf(after)].map(([name]) => name))].sort()
  return names.flatMap((name) => {
    const [then, now] = [valueAt(before, name), valueAt(after, name)]
    if (then !== undefined && now !== undefined)
      return Object.entries(rule.parts).flatMap(([key, part]) =>
        compareValue(part, valueAt(then, key), valueAt(now, key), { ...around, label: `${rule.noun} ${name}` }),
      )
    return [
      {
        ...judged(rule, now !== undefined, around),
        ...values(then, now),
        what: `${rule.noun} ${now === undefined ? 'removed' : 'added'}: ${name} (${around.label})`,
      },
    ]
  })
}

const byRule = (rule: Rule, before: unknown, after: unknown, around: Around): readonly Change[] => {
  switch (rule.by) {
    case 'list':
      return compareList(rule, before, after, around)
    case 'term':
      return compareTerm(rule, before, after, around)
    case 'amount':
      return compareAmount(rule, before, after, around)
    case 'steps':
      return compareSteps(rule, before, after, around)
    case 'parts':
      return compareParts(rule, before, after, around)
    case 'entries':
      return compareNamed(rule, before, after, around)
    case 'own': {
      const { direction, why } = rule.judge(before, after)
      return [{ ...changed(rule, before, after, around), class: direction, why }]
    }
    case 'value':
      return [changed(rule, before, after, around)]
  }
}

/**
 * The differences of one value by its rule; none where both say the same. A change that the rule does not see is told
 * as neutral: nothing that changed stays silent, unless absence and a default are one and the same to the rule.
 */
export const compareValue = (rule: Rule, before: unknown, after: unknown, around: Around): readonly Change[] => {
  if (sameMeaning(before, after)) return []
  const [then, now] = [before, after].map((given) => (meaning(given) === undefined ? undefined : given))
  const changes = byRule(rule, then, now, around)
  if (changes.length > 0 || isDefault(rule, then, now)) return changes
  return [changed(rule, then, now, around)]
}

/** Nothing against the very value that nothing stands for. */
const isDefault = (rule: Rule, before: unknown, after: unknown): boolean => {
  if (before !== undefined && after !== undefined) return false
  const given = before ?? after
  if (rule.by === 'amount') return given === absence(rule.absent)
  if (rule.by === 'term') return termDays(given) === absence(rule.absent)
  if (rule.by === 'steps') return rule.absent !== 'unstated' && given === rule.steps[0]
  return false
}
