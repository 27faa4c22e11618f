import pg from 'pg'

/** Types that stay the server's own text: no precision, zone or spelling is lost on the way. */
const asText = [20, 790, 1700, 1082, 1083, 1114, 1184, 1186, 1266, 600, 718] as const

/** Arrays of those types, taken apart into texts. */
const asTextArray = [1016, 791, 1231, 1182, 1183, 1115, 1185, 1187, 1270, 1017] as const

const textArray = pg.types.getTypeParser(1009 as number, 'text') as (value: string) => unknown
const parsers = new Map<number, (value: string) => unknown>()
for (const oid of asText) parsers.set(oid, (value) => value)
for (const oid of asTextArray) parsers.set(oid, textArray)

/** Column types as rows show them: bigint, numeric, dates and times as text; bytea as bytes; the rest as the driver does. */
export const columnTypes = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
    const parser = format === 'binary' ? undefined : parsers.get(oid)
    return parser ?? (pg.types.getTypeParser(oid, format) as (value: string) => unknown)
  },
}
