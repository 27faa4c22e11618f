import { parseDuration } from '../../base/duration.ts'
import { fideslangKey } from '../../language/fideslang.ts'
import type { StoreMap } from '../../language/store-map.ts'
import { listOf } from '../../language/terms.ts'
import type { Plan } from '../../policy/plan.ts'
import type { Loss } from '../exported.ts'
import { subjectsOf } from '../subjects.ts'
import { dataSubjects, fideslangName, legalBases, specialBases, transferBases } from './words.ts'

/** Category names of the policy as keys of Fideslang, each once. */
export const categoryKeys = (names: readonly string[], plan: Plan): readonly string[] => [
  ...new Set(
    names.flatMap((name) => {
      const term = plan.data.find((category) => category.name === name)?.is
      return term === undefined ? [] : [fideslangKey('data', term)?.key ?? 'user']
    }),
  ),
]

const wordOf = (bases: typeof legalBases, terms: readonly string[]): string | undefined =>
  bases.find(({ like }) => terms.some((term) => like.test(term)))?.word

/** How long the data of a purpose is kept: one term where it holds for all of it, else a sentence that says which for what. */
const retentionOf = (purpose: string, plan: Plan): string | undefined => {
  const uses = plan.purposes.find(({ name }) => name === purpose)?.uses ?? []
  const rules = plan.retention.filter(
    (rule) => (rule.for.length === 0 || rule.for.includes(purpose)) && rule.data.some((data) => uses.includes(data)),
  )
  if (rules.length === 0) return undefined
  const terms = [...new Set(rules.map((rule) => rule.keep))]
  const whole = uses.every((data) => rules.some((rule) => rule.data.includes(data)))
  if (terms.length === 1 && whole) return terms[0]
  return rules.map((rule) => `${rule.data.join(', ')}: ${rule.keep} from ${rule.from}`).join('; ')
}

const singular = (word: string): string => fideslangName(word).replace(/s$/, '')

const declarationOf = (purpose: Plan['purposes'][number], plan: Plan, maps: readonly StoreMap[], lost: Loss[]) => {
  const path = `purposes.${purpose.name}`
  const use = fideslangKey('purpose', purpose.is)
  if (use === undefined) {
    lost.push({ path, what: `no data use of Fideslang says ${purpose.is}: the purpose is left out` })
    return []
  }
  if (use.sure === 'wider') lost.push({ path: `${path}.is`, what: `${purpose.is} becomes the wider ${use.key}` })
  const basis = wordOf(legalBases, purpose.basis)
  const special = wordOf(specialBases, purpose.basis)
  const said = [...legalBases, ...specialBases].filter(({ word }) => word === basis || word === special)
  const unsaid = purpose.basis.filter((term) => !said.some(({ like }) => like.test(term)))
  if (unsaid.length > 0) lost.push({ path: `${path}.basis`, what: `Fideslang takes one basis: ${unsaid.join(', ')}` })
  const period = retentionOf(purpose.name, plan)
  const partners = plan.disclosure.filter(
    ([, entry]) => entry.is === 'partner' && entry.never !== true && listOf(entry.for).includes(purpose.name),
  )
  const shared = partners.flatMap(([, entry]) => listOf(entry.data))
  const subjects = subjectsOf(maps, purpose.name).map(singular)
  const stores = maps.filter((map) => map.tables.some((table) => table.for.includes(purpose.name)))
  return [
    {
      name: purpose.name,
      data_use: use.key,
      data_categories: categoryKeys(purpose.uses, plan),
      data_subjects: [...new Set(subjects.filter((subject) => dataSubjects.has(subject)))],
      ...(stores.length === 0 ? {} : { dataset_references: stores.map((map) => fideslangName(map.store)) }),
      ...(basis === undefined ? {} : { legal_basis_for_processing: basis, flexible_legal_basis_for_processing: false }),
      ...(special === undefined
        ? {}
        : { processes_special_category_data: true, special_category_legal_basis: special }),
      ...(period === undefined ? {} : { retention_period: period }),
      ...(partners.length === 0
        ? {}
        : {
            data_shared_with_third_parties: true,
            third_parties: partners.flatMap(([name, entry]) => listOf(entry.to ?? name)).join('; '),
            shared_categories: categoryKeys(shared, plan),
          }),
    },
  ]
}

const daySeconds = 86_400
/** The longest life of a cookie; months count 30 days and years 365, as browsers know neither. */
const cookieSeconds = (plan: Plan): number | undefined => {
  const kept = plan.tracking.flatMap(([, entry]) => {
    const parts = entry.is === 'cookie' && entry.keep ? parseDuration(entry.keep) : undefined
    if (parts === undefined) return []
    const days = parts.years * 365 + parts.months * 30 + parts.weeks * 7 + parts.days
    return [days * daySeconds + parts.hours * 3600 + parts.minutes * 60 + parts.seconds]
  })
  return kept.length === 0 ? undefined : Math.max(...kept)
}

const transfersOf = (plan: Plan, to?: string) => {
  const grounds = plan.transfers
    .filter(([, entry]) => entry.is === 'transfer' && (to === undefined || listOf(entry.to).includes(to)))
    .flatMap(([, entry]) => listOf(entry.ground))
  if (grounds.length === 0) return {}
  const words = grounds.map((ground) => transferBases.find((base) => base.ground === ground)?.word ?? 'Other')
  return { does_international_transfers: true, legal_basis_for_transfers: [...new Set(words)] }
}

type Entry = Plan['disclosure'][number][1]

/** Forms of disclosure whose recipients are systems of their own; others are no standing flow of data. */
export const flowing: readonly string[] = ['processor', 'payment', 'partner', 'group']

/** Who receives data, with every disclosure to them; the entry's own name where it closes no list. */
const recipientsOf = (plan: Plan): ReadonlyMap<string, readonly Entry[]> => {
  const found = new Map<string, readonly Entry[]>()
  for (const [name, entry] of plan.disclosure) {
    if (!flowing.includes(entry.is) || entry.never === true) continue
    for (const recipient of entry.to === undefined ? [name] : listOf(entry.to))
      found.set(recipient, [...(found.get(recipient) ?? []), entry])
  }
  return found
}

const responsible = (entry: Entry): string =>
  entry.is === 'processor' || entry.is === 'payment' ? 'Processor' : 'Controller'

const recipientSystem = (recipient: string, entries: readonly Entry[], plan: Plan) => ({
  fides_key: fideslangName(recipient),
  name: recipient,
  system_type: 'Third Party',
  legal_name: recipient,
  responsibility: [...new Set(entries.map(responsible))],
  ...transfersOf(plan, recipient),
  privacy_declarations: plan.purposes.flatMap((purpose) => {
    const about = entries.filter((entry) => listOf(entry.for).includes(purpose.name))
    const use = fideslangKey('purpose', purpose.is)
    if (about.length === 0 || use === undefined) return []
    const data = about.flatMap((entry) => (entry.data === undefined ? purpose.uses : listOf(entry.data)))
    return [{ name: purpose.name, data_use: use.key, data_categories: categoryKeys(data, plan), data_subjects: [] }]
  }),
})

/** The controller's processing as one system, and each recipient as a system of its own. */
export const exportSystems = (plan: Plan, maps: readonly StoreMap[], lost: Loss[]) => {
  const { controller } = plan
  const recipients = recipientsOf(plan)
  const seconds = cookieSeconds(plan)
  const practices = plan.security.map(([name, entry]) => entry.words ?? `${name}: ${entry.is}`)
  const own = {
    fides_key: fideslangName(controller.name),
    name: controller.name,
    system_type: 'Service',
    responsibility: maps.length > 0 && maps.every((map) => map.role === 'processor') ? ['Processor'] : ['Controller'],
    legal_name: controller.name,
    ...(controller.address === undefined ? {} : { legal_address: controller.address }),
    ...(controller.officer === undefined ? {} : { dpo: controller.officer }),
    ...transfersOf(plan),
    ...(practices.length === 0 ? {} : { data_security_practices: practices.join('; ') }),
    ...(plan.tracking.some(([, entry]) => entry.is === 'cookie' && entry.never !== true) ? { uses_cookies: true } : {}),
    ...(seconds === undefined ? {} : { cookie_max_age_seconds: seconds }),
    ...(maps.length === 0 ? {} : { dataset_references: maps.map((map) => fideslangName(map.store)) }),
    ...(recipients.size === 0
      ? {}
      : { egress: [...recipients.keys()].map((name) => ({ fides_key: fideslangName(name), type: 'system' })) }),
    privacy_declarations: plan.purposes.flatMap((purpose) => declarationOf(purpose, plan, maps, lost)),
  }
  return [own, ...[...recipients].map(([recipient, entries]) => recipientSystem(recipient, entries, plan))]
}
