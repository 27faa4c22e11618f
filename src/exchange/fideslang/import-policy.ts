import type { JsonValue } from '../../base/canonical-json.ts'
import { nameOf, open } from '../../commitments/statement.ts'
import { fideslangLine } from '../../language/fideslang.ts'
import type { Loss } from '../exported.ts'
import { draftedCategories } from './category.ts'
import { datasetKeys } from './draft-fields.ts'
import { type ImportedMap, importDataset } from './import-dataset.ts'
import { disclosuresOf, isRecipient, transfersOf, unsaid } from './import-recipients.ts'
import { categoryNames, isOfSystem } from './names.ts'
import { periodOf } from './period.ts'
import { purposesOf, roleIn } from './purposes.ts'
import type { Fideslang } from './read.ts'
import { keysUsed, type Use, usesOf } from './uses.ts'
import type { FideslangDeclaration, FideslangOrganization, FideslangSystem } from './vocabulary.ts'
import { legalBases, specialBases } from './words.ts'

type Entry = { readonly [key: string]: JsonValue }

/** Drafts made of files of Fideslang; values that ask are `OPEN: …`. */
export interface ImportedPolicy {
  readonly policy: Entry
  readonly maps: readonly ImportedMap['map'][]
  /** What the files say and the drafts do not. */
  readonly lost: readonly Loss[]
  readonly remarks: readonly Loss[]
}

const basisOf = ({ name, declarations }: Use): JsonValue => {
  const words = (key: 'legal_basis_for_processing' | 'special_category_legal_basis') => [
    ...new Set(declarations.flatMap((declaration) => declaration[key] ?? [])),
  ]
  const terms = [
    ...words('legal_basis_for_processing').map((word) => legalBases.find((base) => base.word === word)?.term ?? word),
    ...words('special_category_legal_basis').map(
      (word) => specialBases.find((base) => base.word === word)?.term ?? word,
    ),
  ]
  if (terms.length === 0) return open(`on which legal basis does "${name}" rest, e.g. eu-gdpr:A6-1-b?`)
  return terms.map((term) => (term.includes(':') ? term : open(`which legal basis is "${term}"?`)))
}

const termOf = (position: 'data' | 'purpose', key: string): string => {
  const line = fideslangLine(position, key)
  const noun = position === 'data' ? 'DPV term' : 'DPV purpose'
  if (line?.term === undefined) return open(`which ${noun} is ${key}? Fideslang's own taxonomy has no such key`)
  return line.sure === 'guess' ? open(`which ${noun} is ${key}? Perhaps ${line.term}`) : line.term
}

const controllerOf = (organization: FideslangOrganization | undefined, own: FideslangSystem | undefined): Entry => {
  const { controller, data_protection_officer: officer, representative } = organization ?? {}
  const name = controller?.name || organization?.name || own?.legal_name
  const address = controller?.address || own?.legal_address
  const contact = controller?.email || controller?.phone
  const dpo = officer?.name || officer?.email || own?.dpo
  return {
    name: name || open('what is the legal name of the controller?'),
    ...(contact ? { contact } : { contact: open('where do people write to about their data?') }),
    ...(address ? { address } : {}),
    ...(dpo ? { officer: dpo } : {}),
    ...(representative?.name ? { representative: representative.name } : {}),
  }
}

/** How long, where one declaration says it in a form that counts; else it asks and cites what is said. */
const retentionOf = (use: Use, uses: readonly string[]): readonly (readonly [string, Entry])[] => {
  const said = [...new Set(use.declarations.flatMap((declaration) => declaration.retention_period ?? []))]
  const [first] = said
  const term = said.length === 1 && first !== undefined ? periodOf(first) : undefined
  const cited = said.length === 0 ? '' : ` The file says: ${said.join(' / ').slice(0, 200)}`
  return uses.length === 0
    ? []
    : [
        [
          use.name,
          {
            data: [...uses],
            for: use.name,
            keep: term ?? open(`how long is it kept, as an ISO 8601 duration?${cited}`),
            from: open('from when is that counted? A clock, e.g. last-contact'),
          },
        ],
      ]
}

/** Cookies that systems say they set, without what a policy says of each. */
const cookiesOf = (systems: readonly FideslangSystem[]): Entry =>
  Object.fromEntries(
    systems
      .filter((system) => system.uses_cookies === true)
      .map((system) => [
        `${nameOf(system.fides_key)}-cookies`,
        {
          is: 'cookie',
          party: open('whose cookies are they: first or third?'),
          keep: system.cookie_max_age_seconds
            ? `P${Math.max(1, Math.ceil(system.cookie_max_age_seconds / 86_400))}D`
            : open('how long do they last: session, or a duration?'),
          for: open('for which purposes?'),
        },
      ]),
  )

const securityOf = (systems: readonly FideslangSystem[]): Entry =>
  Object.fromEntries(
    systems.flatMap((system) =>
      system.data_security_practices
        ? [
            [
              `${nameOf(system.fides_key)}-practices`,
              {
                is: 'organisation',
                words: system.data_security_practices.slice(0, 4000),
                owner: open('who answers for these measures?'),
              },
            ],
          ]
        : [],
    ),
  )

/** Where the weighing of interests is kept; who made it and when, Fideslang does not say. */
const weighingOf = (declarations: readonly FideslangDeclaration[]): Entry => {
  const at = declarations.find((declaration) => declaration.impact_assessment_location)?.impact_assessment_location
  return at ? { weighing: { by: open('which role decided?'), date: open('on which day?'), at } } : {}
}

const block = (key: string, entries: Entry): Entry => (Object.keys(entries).length === 0 ? {} : { [key]: entries })

/** Drafts a policy and its store maps. Nothing is decided that the files do not say: it asks. */
export const importFideslang = (fideslang: Fideslang): ImportedPolicy => {
  const own = fideslang.systems.filter((system) => !isRecipient(system))
  const recipients = fideslang.systems.filter(isRecipient)
  const uses = usesOf(own.length > 0 ? own : fideslang.systems)
  const written = [
    ...fideslang.systems.flatMap((system) => system.privacy_declarations.flatMap((one) => one.data_categories)),
    ...fideslang.datasets.flatMap(datasetKeys),
  ].filter((key) => !isOfSystem(key))
  const names = categoryNames(written)
  const dataOf = (keys: readonly string[]): string[] => [
    ...new Set(keys.flatMap((key) => (isOfSystem(key) ? [] : (names.get(key) ?? [])))),
  ]
  const purposes = uses.map((use) => {
    const data = dataOf(keysUsed(use, fideslang.datasets))
    const is = termOf('purpose', use.key)
    return { use, data, entry: { is, basis: basisOf(use), uses: data, ...weighingOf(use.declarations) } }
  })
  const declared = purposes.map(({ use }) => ({ name: use.name, is: fideslangLine('purpose', use.key)?.term ?? '' }))
  const maps = fideslang.datasets.map((dataset) =>
    importDataset(dataset, {
      store: dataset.fides_key
        .replaceAll(/[^\w-]/g, '_')
        .replace(/^\d/, '_$&')
        .slice(0, 64),
      categories: draftedCategories(written),
      purposes: purposesOf(dataset.fides_key, own, declared),
      role: roleIn(dataset.fides_key, own),
    }),
  )
  return {
    policy: {
      kept: 1,
      controller: controllerOf(fideslang.organizations[0], own.find((system) => system.legal_name) ?? own[0]),
      law: open('which laws apply, e.g. eu-gdpr, uk-gdpr, us-ca?'),
      data: Object.fromEntries(
        [...names].map(([key, name]) => [name, { is: termOf('data', fideslangLine('data', key)?.now ?? key) }]),
      ),
      purposes: Object.fromEntries(purposes.map(({ use, entry }) => [use.name, entry])),
      ...block('disclosure', disclosuresOf(recipients, uses, dataOf)),
      ...block('transfers', transfersOf(fideslang.systems)),
      ...block('tracking', cookiesOf(own)),
      ...block('security', securityOf(fideslang.systems)),
      ...block('retention', Object.fromEntries(purposes.flatMap(({ use, data }) => retentionOf(use, data)))),
      rights: {
        access: { within: open('within how long? The GDPR says a month: P1M') },
        erasure: { within: open('within how long? The GDPR says a month: P1M') },
      },
    },
    maps: maps.map(({ map }) => map),
    lost: [
      ...unsaid(fideslang.systems),
      ...fideslang.unread.map((key) => ({ path: key, what: 'not read: only system, dataset and organization are' })),
    ],
    remarks: maps.flatMap(({ map, remarks }) =>
      remarks.map((one) => ({ ...one, path: `stores.${map.store}.${one.path}` })),
    ),
  }
}
