import type { SqlSession } from '../../sql/sql.ts'

/** PostgreSQL's text form of an array (manual 8.15.6): every element quoted, so that no value can end it. */
export function arrayLiteral(values: readonly unknown[]): string {
  const element = (value: unknown): string => {
    if (value === null || value === undefined) return 'NULL'
    if (value instanceof Uint8Array) return `"\\\\x${Buffer.from(value).toString('hex')}"`
    return `"${String(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
  }
  return `{${values.map(element).join(',')}}`
}

/**
 * COPY cannot bind values: they go through settings of the transaction instead, and the text names the settings.
 * The values themselves never stand in the text of a statement.
 */
export async function throughSettings(
  session: SqlSession,
  text: string,
  values: readonly unknown[],
  prefix: string,
): Promise<string> {
  const used = [...new Set([...text.matchAll(/\$(\d+)/g)].map((match) => Number(match[1])))]
  if (used.length > 0) {
    await session.pipeline(
      used.map((place) => {
        const value = values[place - 1]
        const plain = Array.isArray(value) ? arrayLiteral(value) : String(value)
        return { text: 'SELECT set_config($1, $2, true)', values: [`kept.${prefix}${place}`, plain] }
      }),
    )
  }
  return text.replace(/\$(\d+)/g, (_all, place: string) => `current_setting('kept.${prefix}${place}')`)
}
