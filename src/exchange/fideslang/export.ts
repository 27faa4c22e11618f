import { stringify } from 'yaml'
import { fideslangKey } from '../../language/fideslang.ts'
import type { StoreMap } from '../../language/store-map.ts'
import type { Plan } from '../../policy/plan.ts'
import type { Exported, Loss } from '../exported.ts'
import { subjectsOf } from '../subjects.ts'
import { exportDataset } from './export-dataset.ts'
import { exportSystems, flowing } from './export-systems.ts'
import { categoryNames } from './names.ts'
import { dataSubjects, fideslangName } from './words.ts'

/** Kinds of which systems and datasets have no word at all. */
const silent: readonly string[] = [
  'collection',
  'consent',
  'messages',
  'sharing',
  'aggregates',
  'rights',
  'children',
  'devices',
  'recourse',
  'changes',
]

/** Commitments that come back in no form. */
const lostCommitments = (plan: Plan): readonly Loss[] => {
  const forms = (kind: 'tracking' | 'disclosure' | 'transfers', said: readonly string[]): readonly Loss[] =>
    plan[kind]
      .filter(([, entry]) => !said.includes(entry.is))
      .map(([name, entry]) => ({ path: `${kind}.${name}`, what: `Fideslang has no word for ${entry.is}` }))
  return [
    ...plan.commitments
      .filter(({ kind }) => silent.includes(kind))
      .map(({ id, kind }) => ({ path: id, what: `systems and datasets of Fideslang say nothing of ${kind}` })),
    ...forms('tracking', ['cookie']),
    ...forms('disclosure', flowing),
    ...forms('transfers', ['transfer']),
    ...plan.security.map(([name]) => ({ path: `security.${name}`, what: 'only its name is said, as a practice' })),
    ...plan.retention.map(({ name, from, end }) => ({
      path: `retention.${name}`,
      what: `Fideslang says how long, not from when (${from}) and what then (${end})`,
    })),
  ]
}

/** Categories are called by their keys there: a name of one's own, and the difference of two of one key, are lost. */
const lostNames = (plan: Plan): readonly Loss[] => {
  const keys = new Map(plan.data.map(({ name, is }) => [name, fideslangKey('data', is)] as const))
  const back = categoryNames([...keys.values()].map((line) => line?.key ?? 'user'))
  return plan.data.flatMap(({ name, is }) => {
    const line = keys.get(name)
    const key = line?.key ?? 'user'
    const wider = line === undefined || line.sure === 'wider' ? `; ${is} is more exact than ${key}` : ''
    return back.get(key) === name && wider === ''
      ? []
      : [{ path: `data.${name}`, what: `becomes ${key}, which would come back as "${back.get(key) ?? key}"${wider}` }]
  })
}

/** A key stands for those below it: a purpose that uses the upper one alone would come back with the lower ones of its stores. */
const widened = (plan: Plan): readonly Loss[] => {
  const keyOf = new Map(plan.data.map(({ name, is }) => [name, fideslangKey('data', is)?.key ?? 'user'] as const))
  return plan.purposes.flatMap((purpose) => {
    const used = purpose.uses.map((name) => keyOf.get(name) ?? 'user')
    const below = plan.data
      .filter(({ name }) => !purpose.uses.includes(name) && !used.includes(keyOf.get(name) ?? 'user'))
      .filter(({ name }) => used.some((key) => keyOf.get(name)?.startsWith(`${key}.`)))
    return below.length === 0
      ? []
      : [
          {
            path: `purposes.${purpose.name}.uses`,
            what: `Fideslang lets it use ${below.map(({ name }) => name).join(', ')} too, which stand below its keys`,
          },
        ]
  })
}

const unsaidSubjects = (plan: Plan, maps: readonly StoreMap[]): readonly Loss[] =>
  plan.purposes
    .filter(
      ({ name }) =>
        !subjectsOf(maps, name).some((subject) => dataSubjects.has(fideslangName(subject).replace(/s$/, ''))),
    )
    .map(({ name }) => ({ path: `purposes.${name}`, what: 'whose data it is (data_subjects): add it in the file' }))

/**
 * Systems and datasets of Fideslang 3.2 in one YAML file, `fideslang.yml`: the controller's processing and each recipient
 * are systems, each store is a dataset. What Fideslang cannot say is `lost`, what it asks and the policy leaves out `missing`.
 */
export const exportFideslang = (plan: Plan, maps: readonly StoreMap[]): Exported => {
  const lost: Loss[] = []
  const { controller } = plan
  const document = {
    organization: [
      {
        fides_key: 'default_organization',
        name: controller.name,
        controller: {
          name: controller.name,
          ...(controller.address === undefined ? {} : { address: controller.address }),
          ...(controller.contact === undefined ? {} : { email: controller.contact }),
        },
        ...(controller.officer === undefined ? {} : { data_protection_officer: { name: controller.officer } }),
        ...(controller.representative === undefined ? {} : { representative: { name: controller.representative } }),
      },
    ],
    system: exportSystems(plan, maps, lost),
    ...(maps.length === 0 ? {} : { dataset: maps.map((map) => exportDataset(map, plan, lost)) }),
  }
  return {
    files: [{ name: 'fideslang.yml', text: stringify(document, { lineWidth: 110, aliasDuplicateObjects: false }) }],
    lost: [...lostNames(plan), ...widened(plan), ...lostCommitments(plan), ...lost],
    missing: unsaidSubjects(plan, maps),
  }
}
