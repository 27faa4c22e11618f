import { everyEntryKeys } from './every-entry.ts'
import type { Forms } from './forms.ts'
import type { Ask, DraftEntry, DraftOf, Reader } from './statement.ts'

/** A reader of a kind whose entries take the forms of its vocabulary: needs and keys are the forms' own. */
export const formReader = (
  forms: Forms,
  draft: DraftOf,
  asks: Readonly<Record<string, Ask>>,
  settle?: Reader['settle'],
): Reader => ({
  draft,
  asks,
  keys: (_name, is) => {
    const form = typeof is === 'string' && Object.hasOwn(forms, is) ? forms[is] : undefined
    const needs = form?.needs ?? []
    return { needs, takes: [...needs, ...(form?.takes ?? []), ...everyEntryKeys] }
  },
  ...(settle === undefined ? {} : { settle }),
})

/** A reader of a kind whose entries all carry the same keys. */
export const plainReader = (
  needs: readonly string[],
  takes: readonly string[],
  draft: DraftOf,
  asks: Readonly<Record<string, Ask>>,
  apart: readonly string[] = [],
): Reader => ({ draft, asks, keys: () => ({ needs, takes: [...needs, ...takes, ...everyEntryKeys] }), apart })

/** The question for a key of an entry: the form's own, else the name's, else the key's, else a plain one. */
export const askOf = (reader: Reader, name: string, entry: DraftEntry, key: string): Ask =>
  reader.asks[`${String(entry.is)}.${key}`] ??
  reader.asks[`${name}.${key}`] ??
  reader.asks[key] ?? { asks: `what is "${key}"? The text does not say.` }
