import type { JsonValue } from '../../base/canonical-json.ts'
import { nameOf, open } from '../../commitments/statement.ts'
import type { Loss } from '../exported.ts'
import { purposeName } from './purposes.ts'
import type { Use } from './uses.ts'
import type { FideslangSystem } from './vocabulary.ts'
import { transferBases } from './words.ts'

type Entry = { readonly [key: string]: JsonValue }

/** A system that is somebody else's: data goes there, and the policy names who it is. */
export const isRecipient = ({ system_type, vendor_id }: FideslangSystem): boolean =>
  /third[ _-]?party|vendor/i.test(system_type ?? '') || Boolean(vendor_id)

const formOf = ({ responsibility }: FideslangSystem): string => {
  const [only, ...more] = responsibility ?? []
  if (more.length === 0 && only === 'Processor') return 'processor'
  if (more.length === 0 && only === 'Controller') return 'partner'
  return open('is this a processor (works for you) or a partner (decides for itself)?')
}

/** Third parties of a declaration that no system stands for. */
const unnamedParties = (
  { name, declarations }: Use,
  recipients: readonly FideslangSystem[],
  dataOf: (keys: readonly string[]) => string[],
): readonly (readonly [string, Entry])[] => {
  const shared = declarations.filter((declaration) => declaration.data_shared_with_third_parties === true)
  const known = new Set(recipients.map(({ legal_name, name: called }) => legal_name || called))
  const named = shared.flatMap(({ third_parties }) => (third_parties ?? '').split(';').map((party) => party.trim()))
  const unnamed = named.filter((party) => party !== '' && !known.has(party))
  if (shared.length === 0 || (named.length > 0 && unnamed.length === 0)) return []
  const data = dataOf(shared.flatMap(({ shared_categories }) => shared_categories ?? []))
  return [
    [
      nameOf(`${name}-third-parties`),
      {
        is: open('are they processors (work for you) or partners (decide for themselves)?'),
        to: unnamed.length > 0 ? unnamed : open('who are they? Their legal names'),
        for: name,
        data: data.length > 0 ? data : open('which data do they receive?'),
      },
    ],
  ]
}

/** Each third party as a disclosure. */
export const disclosuresOf = (
  recipients: readonly FideslangSystem[],
  uses: readonly Use[],
  dataOf: (keys: readonly string[]) => string[],
): Entry => {
  const declared = new Set(uses.map(({ name }) => name))
  const entries = recipients.map((system): readonly [string, Entry] => {
    const purposes = [...new Set(system.privacy_declarations.map(purposeName))].filter((name) => declared.has(name))
    const data = dataOf(system.privacy_declarations.flatMap(({ data_categories }) => data_categories))
    const is = formOf(system)
    return [
      nameOf(system.fides_key),
      {
        is,
        to: system.legal_name || system.name || open('what is its legal name?'),
        for: purposes.length > 0 ? purposes : open('for which purposes of the policy?'),
        data: data.length > 0 ? data : open('which data does it receive?'),
        countries: open('in which countries does it hold or see the data (ISO 3166-1)?'),
        ...(is === 'processor' ? { contract: open('which contract binds it: true, or its clauses?') } : {}),
      },
    ]
  })
  return Object.fromEntries([...entries, ...uses.flatMap((use) => unnamedParties(use, recipients, dataOf))])
}

/** Transfers that a system says it makes; where to, no system says. */
export const transfersOf = (systems: readonly FideslangSystem[]): Entry => {
  const others = systems.filter(isRecipient)
  // What a recipient's own system says need not be said again by the one that sends.
  const saying = others.some((system) => system.does_international_transfers) ? others : systems
  return Object.fromEntries(
    saying
      .filter((system) => system.does_international_transfers === true)
      .map((system) => {
        const words = system.legal_basis_for_transfers ?? []
        const grounds = words.map((word) => transferBases.find((base) => base.word === word)?.ground)
        const known = grounds.filter((ground) => ground !== undefined)
        return [
          nameOf(system.fides_key),
          {
            is: 'transfer',
            countries: open('to which countries (ISO 3166-1)?'),
            ground:
              known.length > 0 && known.length === grounds.length
                ? known
                : open(`on which ground? The file says: ${words.join(', ').slice(0, 200) || 'nothing'}`),
            ...(isRecipient(system) ? { to: system.legal_name || system.name || system.fides_key } : {}),
          },
        ]
      }),
  )
}

const readKeys: readonly string[] = [
  ...['fides_key', 'name', 'system_type', 'vendor_id', 'legal_name', 'legal_address', 'dpo', 'responsibility'],
  ...['dataset_references', 'egress', 'does_international_transfers', 'legal_basis_for_transfers'],
  ...['data_security_practices', 'uses_cookies', 'cookie_max_age_seconds', 'privacy_declarations'],
]

/** What systems say and no policy of Kept does: whose data it is, flows inside the house, and keys of Fides' own. */
export const unsaid = (systems: readonly FideslangSystem[]): readonly Loss[] =>
  systems.flatMap((system) => {
    const keys = Object.keys(system).filter((key) => !readKeys.includes(key))
    const subjects = new Set(system.privacy_declarations.flatMap(({ data_subjects }) => data_subjects ?? []))
    const recipients = new Set(systems.filter(isRecipient).map(({ fides_key }) => fides_key))
    const inside = (system.egress ?? []).filter(({ fides_key }) => !recipients.has(fides_key))
    return [
      ...(keys.length === 0 ? [] : [`a policy has no word for ${keys.join(', ')}`]),
      ...(subjects.size === 0 ? [] : [`whose data it is (${[...subjects].join(', ')}): roles of store maps say it`]),
      ...(inside.length === 0
        ? []
        : [`flows to systems of one's own (${inside.map((flow) => flow.fides_key).join(', ')})`]),
    ].map((what) => ({ path: `system.${system.fides_key}`, what }))
  })
