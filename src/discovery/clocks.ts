import type { LookedTable } from './look.ts'

const clocks: readonly (readonly [string, RegExp])[] = [
  ['last-login', /\blast (login|seen|active|access|visit|activity|used)\b|\blogin (at|time|date)\b/],
  [
    'created',
    /^(created|create|registered|registration|joined|signup|creation|submitted|posted|received|date created)\b|\bcreated\b|^timestamp$|^date$/,
  ],
  ['last-change', /\bupdated\b|\bchange\b|^last (modification|change)/],
  ['closed', /^(closed|resolved|ended|end|deleted|cancelled|terminated|finished|completed|archived)\b/],
  ['expires', /^(expires|expiry|expiration|valid until|due)\b/],
]

/** The clocks of a table: columns of times whose names say what happened then; the first of each kind. */
export function clocksOf(table: LookedTable): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const { words, isTime, live } of table.columns) {
    const phrase = words.join(' ')
    const clock = isTime ? clocks.find(([, pattern]) => pattern.test(phrase))?.[0] : undefined
    if (clock !== undefined) found[clock] ??= live.name
  }
  return found
}

/** The column that says whose tenant a row is, where one is named so. */
export const tenantOf = (table: LookedTable): string | undefined =>
  table.columns.find(({ words }) => /^(tenant|workspace|realm|mandant)( (id|key|uid|code))?$/.test(words.join(' ')))
    ?.live.name
