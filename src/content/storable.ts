/** Marks and header of Perl's Storable (Storable.xs, format 2.0 to 2.12). */

/** Type marks of Storable.xs. */
export const SX = {
  OBJECT: 0,
  LSCALAR: 1,
  ARRAY: 2,
  HASH: 3,
  REF: 4,
  UNDEF: 5,
  INTEGER: 6,
  DOUBLE: 7,
  BYTE: 8,
  NETINT: 9,
  SCALAR: 10,
  TIED_ARRAY: 11,
  TIED_HASH: 12,
  TIED_SCALAR: 13,
  SV_UNDEF: 14,
  SV_YES: 15,
  SV_NO: 16,
  BLESS: 17,
  IX_BLESS: 18,
  HOOK: 19,
  OVERLOAD: 20,
  TIED_KEY: 21,
  TIED_IDX: 22,
  UTF8STR: 23,
  LUTF8STR: 24,
  FLAG_HASH: 25,
  CODE: 26,
  WEAKREF: 27,
  WEAKOVERLOAD: 28,
  VSTRING: 29,
  LVSTRING: 30,
  SVUNDEF_ELEM: 31,
  REGEXP: 32,
  LOBJECT: 33,
  BOOLEAN_TRUE: 34,
  BOOLEAN_FALSE: 35,
} as const

export interface Header {
  readonly end: number
  readonly bigEndian: boolean
  readonly integerBytes: number
  readonly doubleBytes: number
}

/** The header of Storable data, or undefined when it is none. */
export function storableHeader(cell: Uint8Array): Header | undefined {
  const buffer = Buffer.from(cell.buffer, cell.byteOffset, cell.length)
  const start = buffer.toString('latin1', 0, 4) === 'pst0' ? 4 : 0
  const first = buffer[start] ?? 0
  const minor = buffer[start + 1] ?? 0xff
  if (first >> 1 !== 2 || minor > 12 || minor < 1) return undefined
  if ((first & 1) === 1) {
    const type = buffer[start + 2] ?? 0xff
    return type > 35 ? undefined : { end: start + 2, bigEndian: true, integerBytes: 8, doubleBytes: 8 }
  }
  const size = buffer[start + 2] ?? 0
  const order = buffer.toString('latin1', start + 3, start + 3 + size)
  if (!/^(?:1234|12345678|4321|87654321)$/.test(order)) return undefined
  const sizes = start + 3 + size
  const doubleBytes = minor >= 2 ? (buffer[sizes + 3] ?? 8) : 8
  return {
    end: sizes + (minor >= 2 ? 4 : 3),
    bigEndian: order.startsWith('8') || order.startsWith('4'),
    integerBytes: size,
    doubleBytes,
  }
}
