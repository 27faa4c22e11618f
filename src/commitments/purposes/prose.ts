import { plainReader } from '../reader.ts'
import {
  common,
  type DraftEntry,
  type Drafted,
  type DraftOf,
  denies,
  listed,
  open,
  type Reader,
  unconditional,
} from '../statement.ts'
import { basisOf } from './bases.ts'

const uses = { asks: 'which data may it use?', source: 'GDPR art. 5(1)(b) and (c)' }

/** One purpose rests on the one basis that the sentence names; of several, only a person can say which rests on which. */
const basisOfEach = (basis: readonly string[], purposes: number): DraftEntry =>
  basis.length === 0 || (purposes === 1 && basis.length === 1)
    ? listed('basis', basis)
    : { basis: open({ asks: `on which legal basis? The text names ${basis.join(', ')}.`, source: 'GDPR art. 6(1)' }) }

/** A sentence on use: each purpose it names with the data it may use; a further purpose waits for an act of its own. */
const draft: DraftOf = (statement) => {
  const { form } = statement
  if (
    /(?:another|other|new|further|different|additional) purposes?\b/u.test(form) &&
    /consent|permission|agree|ask|notif|inform/u.test(form)
  ) {
    const waiting: Drafted = {
      under: 'consent',
      name: 'new-purpose',
      entry: { is: 'act', asks: ['new-purpose'], ...common(statement) },
    }
    return [waiting]
  }
  if (
    /purposes? (?:for which|it|they) (?:\w+ ){0,3}(?:originally )?(?:collected|obtained)|compatible with the (?:original )?purpose/u.test(
      form,
    )
  )
    // A limit to the purposes of the collection: what is new waits for an act of its own.
    return [
      {
        under: 'consent',
        name: 'new-purpose',
        entry: { is: 'act', asks: ['new-purpose'], ...unconditional(statement) },
      },
    ]
  if (denies(statement))
    return { unbound: 'a bar on use: what no purpose declares is not used, so nothing is to declare' }
  const basis = basisOf(form, statement.lead, statement.features.has('legal-basis'))
  const limits = statement.purposes.filter((purpose) => /^(?:purposes-of-collection|later-purpose)/u.test(purpose))
  const named = statement.purposes.filter((purpose) => !limits.includes(purpose))
  if (named.length === 0) {
    if (basis.includes('dpv:Consent'))
      return [{ under: 'consent', name: 'basis', entry: { is: 'act', ...unconditional(statement) } }]
    if (basis.length > 0 || statement.features.has('legal-basis'))
      return { unbound: 'it names a legal basis and no purpose: say under each purpose on which basis it rests' }
    return { unbound: 'it names no purpose of its own: what no purpose declares is not used' }
  }
  return named.map((name) => ({
    name,
    entry: {
      ...basisOfEach(basis, named.length),
      ...listed('uses', statement.data),
      ...common(statement),
    },
  }))
}

export const purposesReader: Reader = {
  one: true,
  // Passwords and card numbers serve what they were asked for, whatever is said of personal data at large.
  whole: { key: 'uses', secrets: false },
  ...plainReader(['is', 'uses'], ['basis', 'joins', 'weighing', 'compatible'], draft, {
    uses,
    is: { asks: 'which DPV purpose is it?', source: 'docs/terms.md', verified: true },
    basis: { asks: 'on which legal basis?', source: 'GDPR art. 6(1), 13(1)(c)' },
  }),
}
