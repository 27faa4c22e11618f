import { open } from '../../commitments/statement.ts'
import type { Categories } from './category.ts'
import type { DraftField, DraftTable } from './draft-table.ts'
import { fieldsOf, metaOf, type PlacedField } from './graph.ts'
import { isOfSystem } from './names.ts'
import type { FideslangCollection, FideslangDataset } from './vocabulary.ts'
import { erasureOf } from './words.ts'

const fieldOf = (
  placed: PlacedField,
  keys: readonly string[],
  categories: Categories,
): { readonly [key: string]: string } => {
  const { table, column, path, field } = placed
  const meta = metaOf(field)
  const erase = erasureOf.get(meta?.masking_strategy_override?.strategy ?? '')
  return {
    ...(path === undefined ? {} : { path }),
    is: categories.of(keys, `${table}.${column}${path?.slice(1) ?? ''}`),
    ...(erase === undefined ? {} : { erase }),
    ...(meta?.read_only === true
      ? { keep: open('read_only in Fides: which exception of rights.erasure keeps it?') }
      : {}),
  }
}

/** A person's address is an address, whatever else the dataset calls the field. */
export const keysOf = (
  placed: PlacedField,
  collection: FideslangCollection,
  dataset: FideslangDataset,
): readonly string[] => {
  const written = placed.field.data_categories ?? []
  const keys = written.length > 0 ? written : (collection.data_categories ?? dataset.data_categories ?? [])
  const identity = metaOf(placed.field)?.identity
  if (!keys.every(isOfSystem)) return keys
  if (identity === 'email') return ['user.contact.email']
  return identity === 'phone_number' ? ['user.contact.phone_number'] : keys
}

/** Every key of the taxonomy that the drafted map will name a category by. */
export const datasetKeys = (dataset: FideslangDataset): readonly string[] =>
  dataset.collections.flatMap((collection) =>
    fieldsOf(collection).flatMap((placed) => keysOf(placed, collection, dataset)),
  )

const shorten = (field: { readonly [key: string]: string }): DraftField =>
  Object.keys(field).length === 1 && field.is === 'none' ? 'none' : field

/** Columns with what they hold; those that only find rows, and hold nobody's data beyond that, are left out. */
export const fieldsDraft = (
  collection: FideslangCollection,
  dataset: FideslangDataset,
  locating: ReadonlySet<string>,
  categories: Categories,
): NonNullable<DraftTable['fields']> => {
  const drafted = new Map<string, { readonly [key: string]: string }[]>()
  for (const placed of fieldsOf(collection)) {
    const keys = keysOf(placed, collection, dataset)
    const field = fieldOf(placed, keys, categories)
    // A column that only finds rows holds nobody's data beyond that; a question about it would be noise.
    const locates = locating.has(`${collection.name}.${placed.column}`) || metaOf(placed.field)?.primary_key === true
    const identifies = keys.every((key) => isOfSystem(key) || key.startsWith('user.unique_id'))
    if (locates && identifies && placed.path === undefined) continue
    drafted.set(placed.column, [...(drafted.get(placed.column) ?? []), field])
  }
  return Object.fromEntries(
    [...drafted].map(([column, fields]) => [column, fields.length === 1 && fields[0] ? shorten(fields[0]) : fields]),
  )
}
