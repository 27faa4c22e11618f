/** What JSON can say. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue }

/**
 * The one spelling of a JSON value: RFC 8785 (members sorted by UTF-16 code units, ECMAScript numbers and strings).
 * Throws a TypeError for what JSON cannot say: NaN, infinities, lone surrogates, undefined, objects of other kinds.
 */
export function canonicalJson(value: JsonValue): string {
  switch (typeof value) {
    case 'string':
      return text(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError('a number that JSON cannot say')
      return Object.is(value, -0) ? '0' : String(value)
    case 'object':
      if (value === null) return 'null'
      return Array.isArray(value)
        ? `[${value.map(canonicalJson).join(',')}]`
        : members(value as { [key: string]: JsonValue })
    default:
      throw new TypeError(`a ${typeof value} is not JSON`)
  }
}

function members(value: { readonly [key: string]: JsonValue }): string {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError('only plain objects are JSON')
  const keys = Object.keys(value)
  if (keys.length > 1) keys.sort()
  let out = '{'
  for (const key of keys) {
    const member = value[key]
    if (member === undefined) continue
    if (out.length > 1) out += ','
    out += `${text(key)}:${canonicalJson(member)}`
  }
  return `${out}}`
}

/** The value of a text that is already in canonical form; undefined for every other text. */
export function parseCanonical(json: string): JsonValue | undefined {
  try {
    const value = JSON.parse(json) as JsonValue
    // Most texts are decided by the engine's own writer, which spells as RFC 8785 does but for order and half surrogates.
    const alike = JSON.stringify(value) === json && inOrder(value) && !json.includes('\\ud')
    return alike || canonicalJson(value) === json ? value : undefined
  } catch {
    return undefined
  }
}

function inOrder(value: JsonValue): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(inOrder)
  const members = value as { readonly [key: string]: JsonValue }
  let before: string | undefined
  for (const key in members) {
    if (before !== undefined && before >= key) return false
    before = key
    if (!inOrder(members[key] as JsonValue)) return false
  }
  return true
}

const plain = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/

function text(value: string): string {
  if (plain.test(value)) return `"${value}"`
  if (!value.isWellFormed()) throw new TypeError('a text with half a surrogate pair is not JSON')
  return JSON.stringify(value)
}
