import { barredHandOver } from '../declared-recipients.ts'
import { formReader } from '../reader.ts'
import { common, type DraftOf, denies, listed, nameOf, namesOf, open } from '../statement.ts'
import { aggregatesForms } from './vocabulary.ts'

const anonymous = { source: 'GDPR recital 26; WP29 Opinion 05/2014' }
const asks = {
  of: { asks: 'from which data categories is it made?', ...anonymous },
  for: { asks: 'for what is it used?' },
  to: { asks: 'to whom, by name?' },
  least: { asks: 'how many persons are in the smallest group?', proposes: '10', ...anonymous },
}

/** The smallest group, where the text names one. */
const leastOf = (form: string): number | undefined => {
  const said = /(?:smaller|fewer|less) than (\d{1,5})\b|at least (\d{1,5}) (?:people|persons|users|individuals)/u.exec(
    form,
  )
  const least = Number(said?.[1] ?? said?.[2])
  return least >= 2 ? least : undefined
}

/** A sentence on data meant not to identify: used or released only after a test. */
const draft: DraftOf = (statement) => {
  const to = namesOf(statement.recipients)
  if (denies(statement) && to.length > 0) return [barredHandOver(statement)]
  const sold = /\b(?:sell|sold|sale|rent)\b/u.test(statement.form) && !denies(statement)
  const released = to.length > 0 || sold
  const entry = {
    is: released ? 'release' : 'use',
    ...listed('of', statement.data),
    ...listed('to', to),
    ...listed('for', statement.purposes),
    test: true,
    least: leastOf(statement.form) ?? open(asks.least),
    ...(released ? { log: true } : {}),
    ...(sold ? { paid: true } : {}),
    ...(/\b(?:even (?:if|after)|after) you (?:stop|cease|no longer|leave)/u.test(statement.form)
      ? { outlives: true }
      : {}),
    ...common(statement),
  }
  const name = released ? 'release' : 'use'
  if (!released) return [{ name, entry }]
  // What passed the test is no personal data: the recipients are declared for that alone.
  const declared = to.map((recipient) => ({
    under: 'disclosure',
    name: nameOf(`aggregates to ${recipient}`),
    entry: {
      is: 'sale',
      to: [recipient],
      ...listed('data', statement.data),
      tested: true,
      source: [statement.source],
    },
    unlessNamed: [recipient],
  }))
  return [{ name, entry }, ...declared]
}

export const aggregatesReader = formReader(aggregatesForms, draft, asks)
