import { expect, test } from 'vitest'
import { compilePlan } from '../../policy/plan.ts'
import { readPolicyBytes } from '../../policy/policy.ts'
import { explain } from './explain.ts'

const policy = `
kept: 1
controller: { name: Larkspur Software Ltd, country: GB, contact: privacy@larkspur.example }
law: [eu-gdpr]
data: { email: { is: pd:EmailAddress }, crash: { is: dpv:PersonalData, words: crash reports } }
purposes:
  support: { is: dpv:CustomerCare, basis: eu-gdpr:A6-1-b, uses: [email] }
  repair: { is: dpv:CustomerCare, basis: eu-gdpr:A6-1-b, uses: [email, crash] }
disclosure:
  sale: { is: sale, data: [email], never: true }
  nobody-else: { is: bar, refuse: undeclared }
  hosting: { is: processor, to: Harbour Hosting, for: [support] }
  reader: { is: processor, to: [Faultline, Second Eye], data: crash, for: [repair] }
  authorities: { is: law, grounds: [legal-duty], approver: counsel }
`

test('a copy names the companies that receive a category for a purpose: no key of the policy, nothing that never happens', () => {
  const { policy: read, faults } = readPolicyBytes('kept.yaml', new TextEncoder().encode(policy))
  expect(faults.filter(({ severity }) => severity === 'error').map(String)).toEqual([])
  const told = explain(compilePlan(read, []), []).purposes.flatMap(({ purpose, categories }) =>
    categories.map(({ category, recipients }) => `${purpose} ${category}: ${recipients.join(', ')}`),
  )
  const courts = 'authorities and courts, where a law obliges us'
  expect(told).toEqual([
    `support email: Harbour Hosting, ${courts}`,
    `repair email: ${courts}`,
    `repair crash: Faultline, Second Eye, ${courts}`,
  ])
})
