import type { LiveSchema, LiveTable } from '../live-schema.ts'

/** A live table by the name that a map uses; the default schema may be written or left out. */
export const liveTables = (live: LiveSchema): ((name: string) => LiveTable | undefined) => {
  const byName = new Map(live.tables.map((table) => [table.name, table]))
  return (name) => byName.get(name) ?? byName.get(name.replace(/^public\./, ''))
}
