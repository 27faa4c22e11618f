import type { ColumnRef } from '../../language/store-map.ts'
import type { Cell, Item } from './source.ts'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

const STEP = /^\.([\p{L}_][\p{L}\p{N}_-]*)|^\[\s*'((?:[^'\\]|\\.)*)'\s*\]|^\[\s*"((?:[^"\\]|\\.)*)"\s*\]|^\[(\d+|\*)\]/u

/** Names, numbers and `*` of a JSON path (RFC 9535); undefined for what is more than that. */
export function pathSteps(path: string): readonly string[] | undefined {
  const steps: string[] = []
  let rest = path.replace(/^\$/, '')
  while (rest !== '') {
    const match = STEP.exec(rest)
    if (match === null) return undefined
    steps.push(match[1] ?? match[2] ?? match[3] ?? match[4] ?? '')
    rest = rest.slice(match[0].length)
  }
  return steps
}

/** Values at a place of an item, as text; several where the cell, or a `*` of the path, holds several. */
export function valuesAt(item: Item, { column, path }: ColumnRef, separator?: string): readonly string[] {
  const cell = item.cells[column] ?? null
  const values = path === undefined ? textsOf(cell) : atPath(textsOf(cell), path)
  if (separator === undefined) return values
  return values.flatMap((value) => value.split(separator).map((part) => part.trim())).filter((part) => part !== '')
}

/** A cell's texts; bytes only where they are UTF-8. */
export function textsOf(cell: Cell): readonly string[] {
  if (cell === null) return []
  if (typeof cell === 'string') return [cell]
  if (cell instanceof Uint8Array) return [Buffer.from(cell).toString('utf8')]
  return cell
}

function atPath(texts: readonly string[], path: string): readonly string[] {
  const steps = pathSteps(path)
  if (steps === undefined) return []
  return texts.flatMap((text) => {
    try {
      return leaves(JSON.parse(text) as Json, steps)
    } catch {
      return []
    }
  })
}

function leaves(value: Json | undefined, steps: readonly string[]): readonly string[] {
  const [step, ...rest] = steps
  if (value === undefined || value === null) return []
  if (step === undefined) return typeof value === 'object' ? [JSON.stringify(value)] : [String(value)]
  if (Array.isArray(value)) {
    if (step === '*') return value.flatMap((one: Json) => leaves(one, rest))
    return leaves(value[Number(step)] as Json | undefined, rest)
  }
  if (typeof value !== 'object') return []
  if (step === '*') return Object.values(value).flatMap((one) => leaves(one, rest))
  return Object.hasOwn(value, step) ? leaves((value as Record<string, Json>)[step], rest) : []
}
