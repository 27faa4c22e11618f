import { parseDuration } from '../../base/duration.ts'
import { groundOf } from '../../commitments/transfers/grounds.ts'
import { europeanEconomicArea } from '../../language/countries.ts'
import { laws } from '../../language/laws.ts'
import type { StoreMap } from '../../language/store-map.ts'
import { listOf } from '../../language/terms.ts'
import type { Plan } from '../../policy/plan.ts'
import { subjectsOf } from '../subjects.ts'
import type { Heading, RecordWords, Unit } from './words.ts'

/** What is said under a heading, and what Art. 30 asks there and nobody said. */
export interface Particular {
  readonly heading: Heading
  readonly said: readonly string[]
  readonly missing: readonly string[]
}

/** One processing activity: a purpose of the policy. */
export interface Activity {
  readonly name: string
  readonly particulars: readonly Particular[]
}

/** A record under Art. 30(1), or under Art. 30(2) for what is done on behalf of others. */
export interface ProcessingRecord {
  readonly by: 'controller' | 'processor'
  readonly particulars: readonly Particular[]
  readonly activities: readonly Activity[]
}

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)]

/** A length of time in words: `P1Y6M` is 1 year 6 months. */
export const durationWords = (term: string, words: RecordWords): string => {
  const parts = parseDuration(term)
  if (parts === undefined) return term
  const said = (Object.keys(words.units) as Unit[]).flatMap((unit) =>
    parts[unit] === 0 ? [] : [`${parts[unit]} ${words.units[unit][parts[unit] === 1 ? 0 : 1]}`],
  )
  return said.length === 0 ? `0 ${words.units.days[1]}` : said.join(' ')
}

const particular = (
  heading: Heading,
  said: readonly (string | undefined)[],
  words: RecordWords,
  missing: readonly string[] = [],
): Particular => {
  const given = unique(said.filter((value) => value !== undefined && value !== '') as string[])
  return { heading, said: given, missing: given.length + missing.length > 0 ? unique(missing) : [words.missing] }
}

type Purpose = Plan['purposes'][number]

const shown = (names: readonly string[], plan: Plan): readonly string[] =>
  names.map((name) => plan.data.find((category) => category.name === name)?.words ?? name)

const handedOver = (purpose: Purpose, plan: Plan) =>
  plan.disclosure.filter(
    ([, entry]) => entry.never !== true && entry.is !== 'bar' && listOf(entry.for).includes(purpose.name),
  )

const partiesOf = (purpose: Purpose, plan: Plan) =>
  handedOver(purpose, plan).flatMap(([name, entry]) =>
    (entry.to === undefined ? [name] : listOf(entry.to)).map((recipient) => ({ name, entry, recipient })),
  )

/** Countries whose law protects the data as that of the controller does, so that going there is no transfer. */
const homeOf = (plan: Plan): ReadonlySet<string> =>
  new Set(plan.law.includes('eu-gdpr') || !plan.law.includes('uk-gdpr') ? europeanEconomicArea : ['GB'])

const transfersOf = (purpose: Purpose, plan: Plan, words: RecordWords): Particular => {
  const country = new Intl.DisplayNames([words.language], { type: 'region' })
  const home = homeOf(plan)
  const entries = plan.transfers.filter(([, entry]) => entry.is === 'transfer')
  const said: string[] = []
  const missing: string[] = []
  for (const { name, entry, recipient } of partiesOf(purpose, plan)) {
    const countries = listOf(entry.countries)
    if (countries.length === 0) missing.push(words.noCountries(recipient))
    for (const code of countries.filter((each) => !home.has(each))) {
      const grounds = entries
        .filter(([, transfer]) => listOf(transfer.countries).includes(code))
        .filter(([, { to }]) => to === undefined || listOf(to).some((each) => each === recipient || each === name))
        .flatMap(([, transfer]) => listOf(transfer.ground))
      const titles = grounds.map((ground) => words.grounds[ground] ?? groundOf(ground)?.title ?? ground)
      if (titles.length === 0) missing.push(words.noGround(recipient, country.of(code) ?? code))
      else said.push(`${recipient}, ${country.of(code) ?? code}: ${unique(titles).join(', ')}`)
    }
  }
  const nowhere = said.length + missing.length === 0
  return particular('transfers', nowhere ? [words.noRecipientAbroad] : said, words, missing)
}

const termsOf = (purpose: Purpose, plan: Plan, words: RecordWords): Particular => {
  const rules = plan.retention.filter((rule) => rule.for.length === 0 || rule.for.includes(purpose.name))
  const said = rules.flatMap((rule) => {
    const data = rule.data.filter((category) => purpose.uses.includes(category))
    const term = words.term(durationWords(rule.keep, words), rule.from, words.ends[rule.end])
    return data.length === 0 ? [] : [`${shown(data, plan).join(', ')}: ${term}`]
  })
  const kept = plan.rights.exceptions.flatMap((exception) => {
    const data = exception.data.filter((category) => purpose.uses.includes(category))
    const term = exception.keep === undefined ? undefined : durationWords(exception.keep, words)
    const law = words.justifications[exception.law] ?? laws[exception.law]?.title ?? exception.law
    return data.length === 0 ? [] : [words.exception(shown(data, plan).join(', '), term, law)]
  })
  const limited = new Set([...rules, ...plan.rights.exceptions].flatMap((rule) => rule.data))
  const open = purpose.uses.filter((category) => !limited.has(category))
  return particular('terms', [...said, ...kept], words, shown(open, plan).map(words.noTerm))
}

const securityOf = (data: readonly string[], plan: Plan, words: RecordWords): Particular =>
  particular(
    'security',
    plan.security
      .filter(([, entry]) => entry.data === undefined || listOf(entry.data).some((category) => data.includes(category)))
      .map(([name, entry]) => `${words.measures[entry.is] ?? entry.is} (${entry.words ?? name})`),
    words,
  )

const activityOf = (purpose: Purpose, plan: Plan, maps: readonly StoreMap[], words: RecordWords): Activity => ({
  name: purpose.name,
  particulars: [
    particular('purpose', [purpose.words ?? purpose.name, purpose.is], words),
    particular(
      'basis',
      purpose.basis.map((basis) => words.bases[basis] ?? basis),
      words,
    ),
    particular('subjects', subjectsOf(maps, purpose.name), words),
    particular('data', shown(purpose.uses, plan), words),
    particular(
      'recipients',
      partiesOf(purpose, plan).length === 0
        ? [words.none]
        : partiesOf(purpose, plan).map(
            ({ recipient, entry }) => `${recipient} (${words.recipients[entry.is] ?? entry.is})`,
          ),
      words,
    ),
    transfersOf(purpose, plan, words),
    termsOf(purpose, plan, words),
    securityOf(purpose.uses, plan, words),
  ],
})

/** The headings that Art. 30(2) does not ask of a processor. */
const ofControllers: readonly Heading[] = ['basis', 'subjects', 'recipients', 'terms']

/** The records: the controller's, and the processor's where a store map says that data is held for others. */
export const processingRecords = (
  plan: Plan,
  maps: readonly StoreMap[],
  words: RecordWords,
): readonly ProcessingRecord[] => {
  const { controller } = plan
  const points = (is: string) => plan.recourse.filter(([, entry]) => entry.is === is)
  const at = (is: string) => points(is).flatMap(([, entry]) => [...listOf(entry.to), ...listOf(entry.at)])
  const country = new Intl.DisplayNames([words.language], { type: 'region' })
  const who = (by: 'controller' | 'processor'): readonly Particular[] => [
    particular(by, [controller.name, controller.country && country.of(controller.country)], words),
    particular('address', [controller.address, ...at('office')], words),
    particular('contact', [controller.contact, controller.website, ...at('contact')], words),
    particular('representative', [controller.representative, ...at('representative')], words),
    particular('officer', [controller.officer, ...at('officer')], words),
    particular(by === 'controller' ? 'joint' : 'onBehalfOf', [], words),
  ]
  const forOthers = maps.filter((map) => map.role === 'processor')
  const own = maps.filter((map) => map.role === 'controller')
  const served = (stores: readonly StoreMap[], purpose: Purpose) =>
    stores.some((map) => map.tables.some((table) => table.for.includes(purpose.name)))
  const activities = (purposes: readonly Purpose[], stores: readonly StoreMap[]) =>
    purposes.map((purpose) => activityOf(purpose, plan, stores, words))
  // A purpose whose data lies only where one works for others is theirs.
  const ownPurposes = plan.purposes.filter((purpose) => served(own, purpose) || !served(forOthers, purpose))
  const processed = plan.purposes.filter((purpose) => served(forOthers, purpose))
  return [
    { by: 'controller', particulars: who('controller'), activities: activities(ownPurposes, own) },
    ...(processed.length === 0
      ? []
      : [
          {
            by: 'processor' as const,
            particulars: who('processor'),
            activities: activities(processed, forOthers).map(({ name, particulars }) => ({
              name,
              particulars: particulars.filter(({ heading }) => !ofControllers.includes(heading)),
            })),
          },
        ]),
  ]
}
