import { describe, expect, test } from 'vitest'
import { declaredCategories, draftedCategories } from './category.ts'
import { datasetKeys } from './draft-fields.ts'
import { draftMapText, questionsOf } from './draft-map-text.ts'
import { importDataset } from './import-dataset.ts'
import { roleIn } from './purposes.ts'
import { readFideslangBytes } from './read.ts'

function imported(yaml: string, data: readonly { name: string; is: string }[] = []) {
  const { fideslang, faults } = readFideslangBytes('dataset.yml', new TextEncoder().encode(yaml))
  expect(faults.map((fault) => fault.message)).toEqual([])
  const [dataset] = fideslang.datasets
  if (dataset === undefined) throw new Error('no dataset')
  const categories = data.length > 0 ? declaredCategories(data) : draftedCategories(datasetKeys(dataset))
  return importDataset(dataset, { store: 'shop', categories, purposes: [] })
}

const MAIL = '{ name: mail, data_categories: [user.contact.email], fides_meta: { identity: email } }'
const ID = '{ name: id, data_categories: [system.operations], fides_meta: { primary_key: true } }'

describe('a dataset as a map', () => {
  test('fields of fields are places in JSON', () => {
    const { map } = imported(`
dataset:
  - fides_key: shop
    collections:
      - name: people
        fields:
          - ${MAIL}
          - name: profile
            fields:
              - { name: town, data_categories: [user.contact.address.city] }
              - name: "it's"
                fields: [{ name: age, data_categories: [user.demographic.age_range] }]
`)
    expect(map.tables.people?.fields?.profile).toEqual([
      { path: "$['town']", is: 'city' },
      { path: "$['it\\'s']['age']", is: 'age-range' },
    ])
  })

  test('a telephone only hints; two e-mail columns are one identity', () => {
    const { map } = imported(`
dataset:
  - fides_key: shop
    collections:
      - name: people
        fields:
          - ${MAIL}
          - { name: other_mail, data_categories: [user.contact.email], fidesops_meta: { identity: email } }
          - { name: phone, data_categories: [user.contact.phone_number], fides_meta: { identity: phone_number } }
`)
    expect(map.tables.people?.person).toEqual({
      key: { email: ['mail', 'other_mail'] },
      hint: { phone: 'phone' },
      erase: 'row',
    })
  })

  test('where only a hint is known, the key is asked; odd words are words', () => {
    const { map, remarks } = imported(`
dataset:
  - fides_key: shop
    collections:
      - name: callers
        fields:
          - { name: phone, data_categories: [constructor], fides_meta: { identity: phone_number, masking_strategy_override: { strategy: toString } } }
          - { name: boss, data_categories: [system.operations], fides_meta: { references: [{ dataset: shop, field: callers.phone, direction: from }] } }
      - name: __proto__
        fields: [{ name: constructor, data_categories: [user.contact.email], fides_meta: { identity: constructor } }]
`)
    expect(questionsOf(map).map(({ path }) => path)).toContain('tables.callers.person.key.id')
    expect(Object.keys(map.tables)).toEqual(['callers', '__proto__'])
    expect(Object.entries(map.tables)[1]?.[1].person).toEqual({ key: { constructor: 'constructor' }, erase: 'row' })
    expect(remarks.map(({ path }) => path)).toContain('tables.callers.boss')
  })

  test('two people in a row, and a reference without direction, are asked', () => {
    const { map } = imported(`
dataset:
  - fides_key: shop
    collections:
      - name: people
        fields: [${ID}, ${MAIL}]
      - name: letters
        fields:
          - { name: writer_id, data_categories: [system.operations], fides_meta: { references: [{ dataset: shop, field: people.id, direction: from }] } }
          - { name: reader_id, data_categories: [system.operations], fides_meta: { references: [{ dataset: shop, field: people.id, direction: from }] } }
          - { name: body, data_categories: [user.content.private] }
      - name: notes
        fields:
          - { name: person, data_categories: [system.operations], fides_meta: { references: [{ dataset: shop, field: people.id }] } }
          - { name: text, data_categories: [user.content] }
`)
    const asked = questionsOf(map).map(({ path }) => path)
    expect(asked).toEqual([
      'tables.letters.people.writer.erase',
      'tables.letters.people.reader.erase',
      'tables.notes.people.person.erase',
    ])
  })

  test('an unknown key, several categories, none and a guess are asked; what is of the system is none', () => {
    const { map } = imported(
      `
dataset:
  - fides_key: shop
    collections:
      - name: people
        fields:
          - ${MAIL}
          - { name: own, data_categories: [user.of_our_own] }
          - { name: two, data_categories: [user.name, user.contact.email] }
          - { name: nothing }
          - { name: sensor, data_categories: [user.sensor] }
          - { name: state, data_categories: [system.operations] }
          - { name: name, data_categories: [user.name.first] }
`,
      [
        { name: 'address', is: 'pd:EmailAddress' },
        { name: 'name', is: 'pd:Name' },
        { name: 'device', is: 'pd:DeviceBased' },
      ],
    )
    expect(questionsOf(map).map(({ path }) => path.split('.')[3])).toEqual(['own', 'two', 'nothing', 'sensor'])
    expect(map.tables.people?.fields).toMatchObject({ mail: { is: 'address' }, state: 'none', name: { is: 'name' } })
  })

  test('collections and columns with odd names are written so that they are read again', () => {
    const { map } = imported(`
dataset:
  - fides_key: shop
    collections:
      - name: "odd table"
        fields:
          - { name: "the id", data_categories: [system.operations], fides_meta: { primary_key: true } }
          - ${MAIL}
      - name: things
        fields:
          - { name: "of whom", data_categories: [system.operations], fides_meta: { references: [{ dataset: shop, field: "odd table.the id", direction: from }] } }
`)
    expect(map.tables.things?.people).toEqual({
      'of-whom': { key: 'of whom', to: '"odd table"."the id"', erase: 'row' },
    })
  })

  test('references to another dataset and what is not read are remarked, and stand above the draft', () => {
    const { map, remarks } = imported(`
dataset:
  - fides_key: shop
    collections:
      - name: people
        fields:
          - ${MAIL}
          - { name: account, data_categories: [system.operations], fides_meta: { length: 40, references: [{ dataset: billing, field: accounts.id, direction: to }] } }
`)
    const text = draftMapText(map, 'dataset.yml', remarks)
    expect(text).toContain('# references: people.account → billing.accounts.id leads out of this dataset')
    expect(text).toContain('# dataset.shop: a store map has no word for length')
    expect(text).toContain('\nstore: shop\n')
  })
})

test('a store that every system uses as a processor is one of a processor', () => {
  const system = (responsibility: readonly string[]) => `
  - fides_key: desk
    responsibility: [${responsibility.join(', ')}]
    dataset_references: [shop]
    privacy_declarations: []`
  const role = (...systems: readonly string[]) =>
    roleIn(
      'shop',
      readFideslangBytes('s.yml', new TextEncoder().encode(`system:${systems.join('')}\n`)).fideslang.systems,
    )
  expect(role(system(['Processor']))).toBe('processor')
  expect(role(system(['Processor']), system(['Controller']))).toBeUndefined()
  expect(role(system([]))).toBeUndefined()
})
