import { sha256Hex } from '../base/hash.ts'
import type { Understood } from './read-meanings.ts'
import type { Slots } from './slots/slot.ts'

/** What the text leaves open: asked, never invented. */
export interface Question {
  /** Stays the same over re-imports as long as the sentence does. */
  readonly id: string
  readonly code: string
  /** Number of the sentence that leaves it open; 0: none does, the law or the form asks. */
  readonly sentence: number
  /** Where its answer belongs in the draft, e.g. `retention.tickets.keep`. */
  readonly place?: string
  /** The words that leave it open. */
  readonly words: string
  readonly asks: string
  /** The legal limit proposed, where there is one; the stricter reading until it is answered. */
  readonly proposes?: string
  /** What an answer may be: the words of a closed set, or the form it takes. Left out where any text does. */
  readonly takes?: readonly string[]
  readonly source: string
  readonly verified: boolean
}

interface Asking {
  readonly code: string
  readonly labels: string
  readonly words: RegExp
  readonly asks: string
  readonly proposes?: string
  readonly source: string
}

/** Words that stand where a number, a list or a place should: what has to be set. */
const askings: readonly Asking[] = [
  {
    code: 'open.retention-term',
    labels: 'retention',
    words: /as long as|as necessary|until|needed|longer than|required/u,
    asks: 'How long, in days, months or years, and counted from when?',
    source: 'GDPR art. 5(1)(e), 13(2)(a)',
  },
  {
    code: 'open.answer-term',
    labels: 'fees-deadlines-explanations access correction deletion',
    words: /reasonable (?:time|timeframe|period)|time ?frame|timely|promptly|undue delay|as soon as/u,
    asks: 'Within how many days is a request answered?',
    proposes: 'P1M',
    source: 'GDPR art. 12(3)',
  },
  {
    code: 'open.notice-lead',
    labels: 'change-notice',
    words: /prior to|before|in advance/u,
    asks: 'How many days before a change takes effect is notice given?',
    proposes: 'P30D',
    source: 'GDPR art. 13(3)',
  },
  {
    code: 'open.how-often',
    labels: '*',
    words: /occasionally|from time to time|periodically/u,
    asks: 'How often at most?',
    source: 'the text itself',
  },
  {
    code: 'open.age-table',
    labels: 'children',
    words: /equivalent minimum age/u,
    asks: 'Which age in which country, where it differs from the table of the laws?',
    source: 'GDPR art. 8',
  },
  {
    code: 'open.fee',
    labels: 'fees-deadlines-explanations',
    words: /(?<!no |never charge a |not charge a |without a |without any )(?:reasonable |small )?\bfee\b/u,
    asks: 'How much, when, and for whom?',
    proposes: 'none',
    source: 'GDPR art. 12(5)',
  },
  {
    code: 'open.hold',
    labels: 'retention',
    words: /legal obligations|resolve disputes|enforce our agreements|record keeping/u,
    asks: 'Which law or dispute holds which data, and until when?',
    source: 'GDPR art. 17(3)',
  },
  {
    code: 'open.list',
    labels: 'collection use-purpose disclosure retention device-monitoring aggregate-data sale',
    words:
      /other things|other information|among other things|and other functions|manage our business|any purpose|\betc\b|otherwise described|compiling;/u,
    asks: 'Which, exactly? The list has no end.',
    source: 'GDPR art. 5(1)(b)',
  },
  {
    code: 'open.clause-set',
    labels: 'transfer',
    words: /contractual clauses|lawful measures/u,
    asks: 'Which set of clauses, with whom, since when?',
    proposes: 'standard-contractual-clauses',
    source: 'Decision (EU) 2021/914',
  },
]

const REFERENCE =
  /\b(?:section|paragraph|article|clause|part)\s+(\d{1,2}(?:\.\d{1,2})?)\b(?!\s*(?:of|,? ?GDPR|\(\d))/giu

/** Open questions of all sentences: terms without number, references that point nowhere, closed lists of names. */
export function findQuestions(sentences: readonly Understood[], slots: readonly Slots[]): Question[] {
  const questions: Question[] = []
  const ask = (of: Understood, code: string, words: string, asks: string, source: string, proposes?: string): void => {
    const id = sha256Hex(`${code}\n${of.sentence.text.replace(/\s+/gu, ' ')}\n${words}`).slice(0, 12)
    const verified = source === 'the text itself' || /2021\/914/u.test(source)
    questions.push({
      id,
      code,
      sentence: of.sentence.number,
      words,
      asks,
      source: verified ? source : `${source} (unverified)`,
      verified,
      ...(proposes === undefined ? {} : { proposes }),
    })
  }
  const headings = new Set(
    sentences
      .filter((of) => of.sentence.heading)
      .map((of) => /^\W*(\d{1,2}(?:\.\d{1,2})?)\b/u.exec(of.sentence.section)?.[1] ?? ''),
  )
  const withAddress = sentences.filter((_, index) => (slots[index]?.contact.length ?? 0) > 0)
  for (const [index, of] of sentences.entries()) {
    if (of.meaning === undefined || of.label === 'none') continue
    const form = of.meaning.form
    const numbered = slots[index]?.term.some((value) => value.term !== undefined) === true
    for (const asking of askings) {
      if (asking.labels !== '*' && !asking.labels.split(' ').includes(of.label)) continue
      const words = asking.words.exec(form)?.[0]
      if (words === undefined || (numbered && /term|lead|often/u.test(asking.code))) continue
      ask(of, asking.code, words, asking.asks, asking.source, asking.proposes)
    }
    if (
      of.label === 'retention' &&
      !numbered &&
      !questions.some((question) => question.sentence === of.sentence.number)
    )
      ask(
        of,
        'open.retention-term',
        of.sentence.text.slice(0, 60),
        'How long, and counted from when?',
        'GDPR art. 5(1)(e), 13(2)(a)',
      )
    for (const match of of.sentence.text.matchAll(REFERENCE)) {
      const outside = /\b(?:code|act|law|regulation|gdpr|statute)\b.{0,40}$/iu.test(
        of.sentence.text.slice(Math.max(0, match.index - 60), match.index),
      )
      if (!outside && !headings.has(match[1] ?? ''))
        ask(of, 'open.dangling-reference', match[0], `The text has no ${match[0]}. What is meant?`, 'the text itself')
    }
    if (
      /\bthat time ?frame\b/u.test(form) &&
      !sentences
        .slice(Math.max(0, index - 6), index)
        .some((_, back) => slots[Math.max(0, index - 6) + back]?.term.length)
    )
      ask(
        of,
        'open.dangling-term',
        'that time frame',
        'No time frame is named before. Which one?',
        'GDPR art. 12(3)',
        'P1M',
      )
    if (
      /(?:provided|given|listed|set out|shown) (?:below|at the end|above)|address below/u.test(form) &&
      /contact|address/u.test(form)
    ) {
      const below = withAddress.some(
        (other) =>
          (/above/u.test(form)
            ? other.sentence.number < of.sentence.number
            : other.sentence.number > of.sentence.number) &&
          (other.label === 'contact' || /contact/iu.test(other.sentence.section)),
      )
      if (!below)
        ask(
          of,
          'open.dangling-contact',
          /[\w ]{0,30}(?:below|at the end|above)/u.exec(form)?.[0] ?? 'below',
          'The contact that is referred to is not there. Which one is it?',
          'GDPR art. 13(1)(b)',
        )
    }
    const named =
      slots[index]?.recipients.filter((value) => value.from === undefined && /^[\p{Lu}\d]/u.test(value.name)) ?? []
    if (named.length >= 2 && /disclosure|payment|processors/u.test(of.label))
      ask(
        of,
        'open.closed-list',
        named.map((value) => value.name).join(', '),
        'A closed list of names: is each still right? A rename needs a new version.',
        'the text itself',
      )
  }
  return questions
}
