import type { CatalogTable } from './catalog.ts'

/** Types compared natively with each other; a comparison across families goes over text. */
const families: Readonly<Record<string, string>> = {
  int2: 'number',
  int4: 'number',
  int8: 'number',
  numeric: 'number',
  oid: 'number',
  text: 'text',
  varchar: 'text',
  bpchar: 'text',
  name: 'text',
  citext: 'citext',
  uuid: 'uuid',
}

/** The family of a base type; types outside the table are their own family. */
export function typeFamily(base: string): string {
  return families[base] ?? base
}

/** The shape a value must have so that a cast to the family cannot fail (a failed cast would say the value aloud). */
const shapes: Readonly<Record<string, RegExp>> = {
  number: /^-?\d{1,18}$/,
  uuid: /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i,
  inet: /^[0-9a-f.:]{2,45}(\/\d{1,3})?$/i,
  date: /^\d{4}-\d{2}-\d{2}$/,
}

/**
 * How text values are bound against an expression of a type: the array cast that keeps an index usable, with the values
 * that could not be of the type left out; for other types the expression is compared as text.
 */
export function comparable(
  expression: string,
  base: string,
  values: readonly string[],
): { expression: string; cast: string; values: string[] } {
  const family = typeFamily(base)
  const shape = shapes[family]
  if (family === 'number' && shape !== undefined) {
    const wide = base === 'numeric' ? 'numeric' : 'int8'
    return { expression, cast: `${wide}[]`, values: values.filter((value) => shape.test(value)) }
  }
  if (shape !== undefined) return { expression, cast: `${base}[]`, values: values.filter((value) => shape.test(value)) }
  if (family === 'citext') return { expression: `${expression}::text`, cast: 'text[]', values: [...values] }
  if (family === 'text') return { expression, cast: 'text[]', values: [...values] }
  return { expression: `${expression}::text`, cast: 'text[]', values: [...values] }
}

/** Two expressions as they can be compared: natively within a family, else as text; `fold`: without regard to letter case, as citext always. */
export function equal(left: string, leftBase: string, right: string, rightBase: string, fold = false): string {
  const families = [typeFamily(leftBase), typeFamily(rightBase)]
  if (!fold && families[0] === families[1]) return `${left} = ${right}`
  if (fold || families.includes('citext')) return `lower(${left}::text) = lower(${right}::text)`
  return `${left}::text = ${right}::text`
}

export function baseOf(table: CatalogTable, column: string): string {
  return table.columns.find((one) => one.name === column)?.base ?? 'text'
}
