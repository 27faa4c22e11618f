import { listOf } from '../../language/terms.ts'
import { valueAt } from '../block.ts'
import type { Known, Misstatement } from '../commitment-kind.ts'
import { factShown, type LegalFact } from '../legal-fact.ts'
import { applying, warned } from '../misstated.ts'

const processing: LegalFact = {
  says: 'a processor works under a binding contract with named clauses',
  source: 'GDPR art. 28(3)',
  status: 'unverified',
}
const selling: LegalFact = {
  says: 'handing personal data over for money or other value is a sale, and residents may opt out of it',
  source: 'Cal. Civ. Code § 1798.120, 1798.140',
  status: 'unverified',
}
const cards: LegalFact = {
  says: 'stored card numbers must be unreadable and as few as possible; security codes are never kept',
  source: 'PCI DSS requirement 3',
  status: 'unverified',
}

export const disclosureMisstatements = (
  [entryName, entry]: readonly [string, unknown],
  known: Known,
): Misstatement[] => {
  const is = valueAt(entry, 'is')
  const never = valueAt(entry, 'never') === true
  const contract = valueAt(entry, 'contract')
  const found: Misstatement[] = []
  if (
    is === 'processor' &&
    !never &&
    contract === undefined &&
    applying(known.applies, ['eu-gdpr', 'uk-gdpr']).length > 0
  )
    found.push(
      warned(
        'disclosure.no-contract',
        [entryName],
        `processor "${entryName}" has no contract: ${factShown(processing)}`,
        'add contract: { clauses: [confidentiality, purpose-only], until: 2027-12-31 }',
      ),
    )
  const until = valueAt(contract, 'until')
  if (typeof until === 'string' && until < known.today)
    found.push(
      warned(
        'disclosure.contract-ended',
        [entryName, 'contract'],
        `the contract of "${entryName}" ended on ${until}: access ends with it`,
        'renew it and write the new until, or take the entry out',
      ),
    )
  if (is === 'sale' && !never && valueAt(entry, 'tested') !== true)
    found.push(
      warned(
        'disclosure.sale-of-personal-data',
        [entryName, 'data'],
        `"${entryName}" sells personal data: ${factShown(selling)}`,
        'write never: true, or tested: true for what passed the test of aggregates',
      ),
    )
  if (valueAt(entry, 'marketing') === true && known.applies.has('us-ca'))
    found.push(
      warned(
        'disclosure.may-be-a-sale',
        [entryName, 'marketing'],
        `recipients of "${entryName}" market on their own account, which may be a sale: ${factShown(selling)}`,
        'offer the opt-out under rights.california, or take marketing out',
      ),
    )
  if (is === 'law' && valueAt(entry, 'document') !== true)
    found.push(
      warned(
        'disclosure.belief-alone',
        [entryName],
        `"${entryName}" hands over without a document: belief alone shows nothing later`,
        'add document: true, so that the order or the facts are filed first',
      ),
    )
  if (valueAt(entry, 'cards') === 'kept')
    found.push(
      warned(
        'disclosure.cards-kept',
        [entryName, 'cards'],
        factShown(cards),
        'write cards: never-kept or cards: token',
      ),
    )
  if (is === 'merger' && valueAt(entry, 'successor') !== 'bound')
    found.push(
      warned(
        'disclosure.successor-unbound',
        [entryName],
        `a successor under "${entryName}" is not bound to this policy`,
        'add successor: bound',
      ),
    )
  if (listOf(valueAt(entry, 'to')).length > 1 && is === 'payment' && contract === undefined)
    found.push(
      warned(
        'disclosure.closed-list',
        [entryName, 'to'],
        `"${entryName}" is a closed list of names without a contract each: a rename needs a new version`,
        'check that each name is still right, and add contract',
      ),
    )
  return found
}
