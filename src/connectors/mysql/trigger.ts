/** Words in a trigger's code that may reach another row or table. `replace` before a bracket is the function of texts. */
const reaches =
  /\b(insert|update|delete|truncate|load|execute|prepare|call|do|create|alter|drop|rename)\b|\breplace\b(?!\s*\()/i

/**
 * True when a trigger may write beyond the row it fires for. One that only sets NEW is harmless; the count of rows after
 * execution catches what this reading misses.
 */
export function triggerWrites(source: string): boolean {
  const plain = source.replace(
    /--[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`[^`]*`/g,
    ' ',
  )
  // `END IF`, `IF … THEN` and loops are no writes; `DO` ends the head of a loop.
  return reaches.test(
    plain.replace(/\bwhile\b[\s\S]*?\bdo\b/gi, ' ').replace(/\bend\s+(?:if|case|while|loop|repeat)\b/gi, ' '),
  )
}
