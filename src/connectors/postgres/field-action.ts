import type { FieldErasure } from '../../language/store-map.ts'
import type { FieldLayout } from './layout.ts'
import { typeFamily } from './values.ts'

/** Types whose cells `redact` can rewrite inside the database. */
const redactable = new Set([
  'text',
  'varchar',
  'bpchar',
  'citext',
  'name',
  'json',
  'jsonb',
  'xml',
  'tsvector',
  'hstore',
  '_text',
  '_varchar',
])

/** Arrays of references out of which `redact` takes those to the person. */
const removable = new Set(['_int2', '_int4', '_int8', '_numeric', '_uuid'])

/** A cell that leaves the store to be rewritten, because its codec says so. */
export function isCoded(field: FieldLayout): boolean {
  return field.is !== undefined && field.erase === 'redact' && (field.codec !== undefined || field.base === 'bytea')
}

/** What erasure does to a field in a row that stays; undefined where nothing can or needs to be done. */
export function fieldAction(field: FieldLayout): FieldErasure | undefined {
  if (field.is === undefined || field.generated) return undefined
  return field.erase ?? 'clear'
}

/** Why a field's action cannot be carried out in this store, as code and words; undefined when it can. */
export function fieldObstacle(field: FieldLayout): { code: string; what: string; mend: string } | undefined {
  const action = fieldAction(field)
  const name = field.column.column
  if (field.column.path !== undefined && action !== 'redact' && simplePath(field.column.path) === undefined) {
    return {
      code: 'store.path-unsupported',
      what: `erasure cannot write at the path ${field.column.path} of column ${name}`,
      mend: 'Use a path of names and numbers only, or redact the whole column.',
    }
  }
  if (action === 'clear' && field.column.path === undefined && !field.nullable && field.defaultSql === undefined) {
    return {
      code: 'store.clear-not-null',
      what: `column ${name} takes no NULL and has no default: it cannot be cleared`,
      mend: 'Use `erase: pseudonym` or `erase: redact`, or let the row go.',
    }
  }
  if (action === 'pseudonym' && field.column.path === undefined && pseudonymSql(field, 'v', 's') === undefined) {
    return {
      code: 'store.pseudonym-type',
      what: `a pseudonym cannot be of the type of column ${name}`,
      mend: 'Use `erase: clear`.',
    }
  }
  const removes = field.list !== undefined && removable.has(field.base)
  if (action === 'redact' && !redactable.has(field.base) && !removes && !isCoded(field)) {
    return {
      code: 'store.redact-type',
      what: `column ${name} holds no text that could be redacted`,
      mend: 'Use `erase: clear` or `erase: pseudonym`, or name the codec of its cells.',
    }
  }
  return undefined
}

/** Names of a JSON path without wildcards, as PostgreSQL's jsonb functions take them. */
export function simplePath(path: string): string[] | undefined {
  const steps: string[] = []
  let rest = path.replace(/^\$/, '')
  while (rest !== '') {
    const match =
      /^\.([\p{L}_][\p{L}\p{N}_-]*)|^\[\s*'((?:[^'\\]|\\.)*)'\s*\]|^\[\s*"((?:[^"\\]|\\.)*)"\s*\]|^\[(\d+)\]/u.exec(
        rest,
      )
    if (match === null) return undefined
    steps.push(match[1] ?? match[2] ?? match[3] ?? match[4] ?? '')
    rest = rest.slice(match[0].length)
  }
  return steps.length === 0 ? undefined : steps
}

/** A random stand-in of the value's type and length: the same value of the same request gives the same one everywhere. */
export function pseudonymSql(
  field: Pick<FieldLayout, 'base' | 'maxLength'>,
  value: string,
  salt: string,
): string | undefined {
  const hash = `sha256(${salt} || convert_to(${value}::text, 'UTF8'))`
  const hex = `encode(${hash}, 'hex')`
  const number = (digits: number, bits: number) => `('x' || substr(${hex}, 1, ${digits}))::bit(${bits})`
  switch (typeFamily(field.base)) {
    case 'text':
    case 'citext': {
      const most = field.maxLength ?? 1000
      const tail = most >= 24 ? '@erased.invalid' : '@x.invalid'
      const address = `substr(${hex}, 1, ${Math.max(1, Math.min(24, most - tail.length))}) || '${tail}'`
      const word = `substr(${hex}, 1, ${Math.min(24, most)})`
      if (most < tail.length + 6) return word
      return `CASE WHEN position('@' in ${value}::text) > 0 THEN ${address} ELSE ${word} END`
    }
    case 'number':
      if (field.base === 'int2') return `(${number(4, 16)}::int4 & 32767)::int2`
      if (field.base === 'int4' || field.base === 'oid') return `(${number(8, 32)}::int8 & 2147483647)::int4`
      return `(${number(16, 64)}::int8 & 9007199254740991)`
    case 'uuid':
      return `substr(${hex}, 1, 32)::uuid`
    default:
      return undefined
  }
}
