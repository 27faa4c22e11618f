/** Policies by chance for the notice: every form of every kind with what it may carry, and texts that look like ours. */
import fc from 'fast-check'
import { aggregatesForms } from '../src/commitments/aggregates/vocabulary.ts'
import { changesForms } from '../src/commitments/changes/vocabulary.ts'
import { childrenForms } from '../src/commitments/children/vocabulary.ts'
import { consentForms } from '../src/commitments/consent/vocabulary.ts'
import { devicesForms } from '../src/commitments/devices/vocabulary.ts'
import { disclosureForms } from '../src/commitments/disclosure/vocabulary.ts'
import type { Forms } from '../src/commitments/forms.ts'
import { messagesForms } from '../src/commitments/messages/vocabulary.ts'
import { recourseForms } from '../src/commitments/recourse/vocabulary.ts'
import { securityForms } from '../src/commitments/security/vocabulary.ts'
import { sharingForms } from '../src/commitments/sharing/vocabulary.ts'
import { trackingForms } from '../src/commitments/tracking/vocabulary.ts'
import { transfersForms } from '../src/commitments/transfers/vocabulary.ts'
import { countries } from '../src/language/countries.ts'
import { dpvTerms } from '../src/language/dpv.ts'
import { everyField, type Field, fieldsFor } from '../src/notice/entry-fields.ts'

type Entry = Record<string, unknown>

/** The forms of the kinds that have some. */
export const formsOf: Readonly<Record<string, Forms>> = {
  aggregates: aggregatesForms,
  changes: changesForms,
  children: childrenForms,
  consent: consentForms,
  devices: devicesForms,
  disclosure: disclosureForms,
  messages: messagesForms,
  recourse: recourseForms,
  security: securityForms,
  sharing: sharingForms,
  tracking: trackingForms,
  transfers: transfersForms,
}

/** Texts that could be taken for something else: lists, ends of sentences, markup, quotations, our own sentences. */
const hostile = [
  'the shop',
  'name and address',
  'Name und Anschrift',
  'one, two and three',
  'one; two',
  'It ends here. And goes on.',
  'Is it? Yes!',
  'Acme Inc.',
  'none',
  'keine',
  '“quoted”',
  'a “quoted” word',
  '„zitiert“',
  'half “ a quotation',
  'half ” a quotation',
  '””““„„',
  "it's 100 % <b>bold</b> & more",
  '<script>alert(1)</script>',
  '</li></ul><h2>Security</h2>',
  '&amp; &lt;b&gt;',
  '*star* _under_ `code` [link](https://example.org) ~~gone~~',
  '| a | b |',
  '# heading',
  '- item',
  '1. first',
  '\\ back \\| slash \\\\',
  '<!-- [retention.tickets] -->',
  'https://example.org/a_b?c=d&e=f#g',
  'privacy+eu@example.org',
  'We keep name for 3 days, counted from the payment.',
  'Where: here',
  'We undertake this.',
  'Exception: books',
  'trailing comma,',
  'colon: here',
  'ends with colon:',
  'Straße, 1. Stock',
  'emoji 👩‍👩‍👧 and ｆｕｌｌ width',
  'שלום עולם',
  'a\u00a0b',
  '…',
  'true',
  'session',
]

const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...hostile) },
  {
    weight: 1,
    arbitrary: fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
      .filter((given) => /\S/u.test(given) && !/[^\P{Cc}\t\n]/u.test(given) && given.isWellFormed()),
  },
)

const name = fc.oneof(
  fc.constantFrom('tickets', 'service-data', 'ip-address', 'other', 'books', 'a-and-b', 'none', 'security', 'name'),
  fc.constantFrom(
    'Tickets',
    'a_b',
    'a--b',
    'x-',
    'Ärger',
    'straße',
    '_x',
    'emailAddress',
    'ǆ',
    'constructor',
    'toString',
  ),
  fc.stringMatching(/^[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,5}){0,2}$/u),
)

const date = fc
  .record({
    year: fc.integer({ min: 1990, max: 2040 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
  })
  .map(({ year, month, day }) => `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`)

const duration = fc.constantFrom(
  ...[
    'PT0S',
    'P1D',
    'P30D',
    'P1M',
    'P24M',
    'P1Y',
    'P2Y',
    'P1Y6M',
    'P2W',
    'PT72H',
    'PT1H',
    'P1DT12H',
    'PT1H30M5S',
    'P01M',
    'P0Y1M',
  ],
)

/** What must stand inside a key, where something stands inside it. */
const neededInside: Readonly<Record<string, readonly string[]>> = {
  task: ['owner'],
  contract: ['clauses'],
  weighing: ['by', 'date'],
  compatible: ['by', 'date', 'with'],
  most: ['messages', 'changes', 'per'],
  minors: ['under', 'removal'],
  allows: ['from', 'to'],
  diligence: ['keep'],
}

interface Names {
  readonly data: readonly string[]
  readonly purposes: readonly string[]
}

const one = ({ type, fixed }: Field, { data, purposes }: Names): fc.Arbitrary<unknown> => {
  const words = fixed.filter((value) => typeof value === 'string')
  switch (type) {
    case 'word':
      return fc.constantFrom(...words)
    case 'flag':
      return fc.constantFrom(...fixed)
    case 'data':
      return fc.constantFrom(...data)
    case 'purpose':
      return fc.constantFrom(...purposes)
    case 'name':
    case 'clock':
      return fc.oneof(name, fc.constantFrom('last-contact', 'invoice-date'))
    case 'law':
      return fc.oneof(fc.constantFrom('gb-tax', 'eu-gdpr:JustificationA17LegalClaims', 'own-law', 'xx-unknown'), text)
    case 'term':
      return fc.constantFrom(...dpvTerms.basis)
    case 'duration':
      return fc.oneof({ weight: 4, arbitrary: duration }, ...words.map((word) => fc.constant(word)))
    case 'date':
      return date
    case 'country':
      return fc.constantFrom(...countries)
    case 'number':
      return fc.integer({ min: 2, max: 20 })
    case 'ages':
      return fc.dictionary(fc.constantFrom('DE', 'AT', 'TT', 'US'), fc.integer({ min: 13, max: 18 }), {
        noNullPrototype: true,
        minKeys: 1,
      })
    default:
      return text
  }
}

const fieldValue = (field: Field, names: Names): fc.Arbitrary<unknown> => {
  if (field.type === 'ages' || field.shape === 'one')
    return field.type === 'text' && field.fixed.length > 0
      ? fc.oneof(fc.constant(true), one(field, names))
      : one(field, names)
  const least = field.key.includes('.') || field.key === 'test' ? 1 : 0
  const list = fc.uniqueArray(one({ ...field, shape: 'one' }, names), { minLength: least, maxLength: 4 })
  if (field.shape === 'list') return field.fixed.includes(true) ? fc.oneof(fc.constant(true), list) : list
  return fc.oneof({ weight: 2, arbitrary: list }, { weight: 1, arbitrary: one(field, names) })
}

/** A top key of an entry with all that stands inside it. */
const keyOf = (fields: readonly Field[], key: string, names: Names): fc.Arbitrary<unknown> => {
  const own = fields.find((field) => field.key === key)
  const inside = fields.filter((field) => field.key.startsWith(`${key}.`))
  if (inside.length === 0) return own === undefined ? fc.constant(undefined) : fieldValue(own, names)
  const parts = Object.fromEntries(inside.map((field) => [field.key.slice(key.length + 1), fieldValue(field, names)]))
  const object = fc.record(parts, {
    requiredKeys: (neededInside[key] ?? []).filter((part) => Object.hasOwn(parts, part)),
    noNullPrototype: true,
  })
  return own === undefined ? object : fc.oneof(fc.constant(true), object)
}

const topKeys = (fields: readonly Field[]): readonly string[] => [
  ...new Set(fields.map(({ key }) => key.split('.')[0] ?? key)),
]

const everyKeys = ['if', 'unless', 'task', 'words']

const entryOf = (
  fields: readonly Field[],
  needs: readonly string[],
  takes: readonly string[],
  names: Names,
): fc.Arbitrary<Entry> => {
  const keys = [...new Set([...needs, ...takes])]
  return fc.record(Object.fromEntries(keys.map((key) => [key, keyOf(fields, key, names)])), {
    requiredKeys: [...needs],
    noNullPrototype: true,
  }) as fc.Arbitrary<Entry>
}

const entriesOfKind = (kind: string, names: Names): fc.Arbitrary<Entry> => {
  const fields = fieldsFor(kind, '')
  const forms = formsOf[kind]
  if (forms !== undefined)
    return fc.oneof(
      ...Object.entries(forms).map(([is, { needs = [], takes = [] }]) =>
        entryOf(fields, needs, [...takes, ...everyKeys], names).map((entry) => ({ is, ...entry })),
      ),
    )
  const needs = { collection: ['from', 'data', 'for'], retention: ['data', 'keep', 'from'] }[kind] ?? []
  return entryOf(fields, needs, topKeys(fields), names)
}

const records = <Value>(value: fc.Arbitrary<Value>, most = 3): fc.Arbitrary<Record<string, Value>> =>
  fc.dictionary(name, value, { maxKeys: most, noNullPrototype: true })

const rights = (names: Names): fc.Arbitrary<Entry> => {
  const exception = entryOf(fieldsFor('exception', ''), ['data', 'law'], ['keep', 'from', 'words'], names)
  const right = (key: string): fc.Arbitrary<unknown> => {
    const fields = fieldsFor('rights', key)
    const entry = entryOf(fields, [], topKeys(fields), names)
    if (key !== 'erasure') return entry
    return fc.record({ entry, except: fc.option(records(exception), { nil: undefined }) }).map((both) => ({
      ...both.entry,
      ...(both.except === undefined ? {} : { except: both.except }),
    }))
  }
  const keys = [...(everyField().get('rights')?.keys() ?? [])]
  return fc.record(Object.fromEntries(keys.map((key) => [key, right(key)])), {
    requiredKeys: [],
    noNullPrototype: true,
  })
}

const term = (position: 'data' | 'purpose') => fc.constantFrom(...[...dpvTerms[position]].slice(0, 40))

const category = (position: 'data' | 'purpose') =>
  fc.record({ is: term(position), words: text }, { requiredKeys: ['is'], noNullPrototype: true })

const purposeRest = (names: Names) => {
  const fields = fieldsFor('purposes', '')
  return entryOf(
    fields,
    ['uses'],
    topKeys(fields).filter((key) => key !== 'is' && key !== 'words'),
    names,
  )
}

/** A policy with entries of every kind, whose names are declared. */
export const noticePolicies: fc.Arbitrary<Entry> = fc
  .record({
    data: fc.dictionary(name, category('data'), { minKeys: 1, maxKeys: 5, noNullPrototype: true }),
    purposes: fc.dictionary(name, category('purpose'), { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
  })
  .chain(({ data, purposes }) => {
    const names = { data: Object.keys(data), purposes: Object.keys(purposes) }
    const kinds = [...everyField().keys()].filter((kind) => !['purposes', 'rights', 'exception'].includes(kind))
    return fc.record(
      {
        kept: fc.constant(1),
        controller: fc.record(
          { name: text, contact: text, address: text, country: fc.constantFrom(...countries), officer: text },
          { requiredKeys: ['name'], noNullPrototype: true },
        ),
        law: fc.uniqueArray(fc.oneof(fc.constantFrom('eu-gdpr', 'us-ca', 'own-law'), text), { maxLength: 3 }),
        laws: fc.constantFrom({}, { 'own-law': { title: 'An Act, and its Rules', source: '1. BGBl. § 2' } }),
        data: fc.constant(data),
        purposes: fc
          .tuple(...names.purposes.map(() => purposeRest(names)))
          .map((rests) =>
            Object.fromEntries(names.purposes.map((each, index) => [each, { ...purposes[each], ...rests[index] }])),
          ),
        rights: rights(names),
        ...Object.fromEntries(kinds.map((kind) => [kind, records(entriesOfKind(kind, names))])),
      },
      { requiredKeys: ['kept', 'controller', 'data', 'purposes'], noNullPrototype: true },
    )
  })
