import { entriesOf, valueAt } from '../../commitments/block.ts'
import type { Loss } from '../exported.ts'
import { sayKey } from './keys.ts'
import { type JsonLdNode, type JsonLdValue, type Names, reference } from './names.ts'
import { type Saying, sayings } from './sayings.ts'

/** One commitment as a node, and how the described processing or its controller leads to it. */
export interface SaidCommitment {
  readonly link: string
  readonly of: Saying['of']
  readonly node: JsonLdNode
}

const sayingOf = (kind: string, name: string, entry: unknown): Saying | undefined => {
  const forms = sayings[kind] ?? {}
  const form = kind === 'rights' ? name : String(valueAt(entry, 'is'))
  return Object.hasOwn(forms, form) ? forms[form] : forms['*']
}

/** The form and the exceptions of erasure are said by classes and nodes of their own. */
const toldOtherwise = (kind: string, key: string, value: unknown): boolean =>
  (key === 'is' && kind !== 'purposes') ||
  (key === 'never' && value === true) ||
  (kind === 'rights' && key === 'except')

const gather = (parts: Map<string, JsonLdValue[]>, said: Readonly<Record<string, readonly JsonLdValue[]>>): void => {
  for (const [property, values] of Object.entries(said))
    parts.set(property, [...(parts.get(property) ?? []), ...values])
}

const written = (values: readonly JsonLdValue[]): JsonLdValue => {
  const different = [...new Map(values.map((value) => [JSON.stringify(value), value])).values()]
  return different.length === 1 ? (different[0] ?? '') : different
}

/** The properties of a node, each value once, empty ones left out. */
export const properties = (said: Readonly<Record<string, readonly JsonLdValue[]>>): JsonLdNode => {
  const kept = Object.entries(said).filter(([, values]) => values.length > 0)
  return Object.fromEntries(kept.map(([property, values]) => [property, written(values)]))
}

/** Rights are articles of the GDPR where it applies; a term whose end is erasure is a deletion too. */
const typesOf = (saying: Saying, kind: string, entry: unknown, names: Names): readonly string[] => {
  if (valueAt(entry, 'never') === true) return ['dpv:Prohibition']
  const types = saying.types.filter((type) => !type.startsWith('eu-gdpr:') || names.lawful.has('eu-gdpr'))
  const erases = kind === 'retention' && (valueAt(entry, 'then') ?? 'erase') === 'erase'
  return erases ? [...types, 'dpv:StorageDeletion'] : types
}

/** Says one commitment in DPV; what it has no term for is in `lost`. */
export const sayCommitment = (
  kind: string,
  name: string,
  entry: unknown,
  names: Names,
): { readonly said?: SaidCommitment; readonly lost: readonly Loss[] } => {
  const path = `${kind}.${name}`
  const saying = sayingOf(kind, name, entry)
  if (saying === undefined)
    return { lost: [{ path, what: `DPV 2.3 has no term for ${String(valueAt(entry, 'is') ?? name)}` }] }
  const parts = new Map<string, JsonLdValue[]>()
  gather(parts, Object.fromEntries(Object.entries(saying.says).map(([key, terms]) => [key, terms.map(reference)])))
  const unsaid: string[] = []
  for (const [key, value] of entriesOf(entry)) {
    if (toldOtherwise(kind, key, value)) continue
    const said = sayKey(kind, key, value, names)
    if (said === undefined) unsaid.push(key)
    else gather(parts, said)
  }
  const never = valueAt(entry, 'never') === true
  return {
    said: {
      link: never ? 'dpv:hasProhibition' : saying.link,
      of: never ? 'processing' : saying.of,
      node: {
        '@id': names.iri(kind, name),
        '@type': typesOf(saying, kind, entry, names),
        'dct:title': name,
        ...properties(Object.fromEntries(parts)),
      },
    },
    lost: unsaid.length === 0 ? [] : [{ path, what: `not said in DPV 2.3: ${unsaid.join(', ')}` }],
  }
}
