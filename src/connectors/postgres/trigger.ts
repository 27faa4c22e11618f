/** Built-in trigger functions that change only the row they fire for (PostgreSQL manual, 9.29 and 12.4.3). */
const harmless = new Set([
  'tsvector_update_trigger',
  'tsvector_update_trigger_column',
  'suppress_redundant_updates_trigger',
  'lo_manage',
])

/** Words in a trigger's code that may reach another row or table, or that hide what is done. */
const reaches = /\b(insert|update|delete|truncate|merge|copy|execute|perform|call|do|create|alter|drop|notify)\b/i

/**
 * True when a trigger may write beyond the row it fires for, or its code cannot be read.
 * A trigger that only sets NEW is harmless; the count of rows after execution catches what this reading misses.
 */
export function triggerWrites(trigger: { language: string; function: string; source: string }): boolean {
  if (trigger.language === 'internal' || trigger.language === 'c') return !harmless.has(trigger.function)
  if (trigger.language !== 'plpgsql') return true
  return reaches.test(withoutCommentsAndStrings(trigger.source))
}

function withoutCommentsAndStrings(source: string): string {
  return source.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g, ' ')
}
