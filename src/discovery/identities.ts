import type { LookedTable } from './look.ts'
import { nameSays } from './name-rules.ts'
import { meaningsOf } from './words.ts'

const MOST_IDENTITIES = 20_000
const SHORTEST = 5

/** Accounts and addresses that people of a store have, from the sampled rows: to know them again in other places. Never leaves the process. */
export function identitiesOf(people: readonly LookedTable[]): ReadonlySet<string> {
  const found = new Set<string>()
  for (const table of people)
    for (const { live, words, isText, profile } of table.columns) {
      const isKey = table.live.key.length === 1 && table.live.key[0] === live.name
      const isIdentity =
        isKey ||
        /^(login|email)$/.test(nameSays(words)?.category ?? '') ||
        /^((user )?name|uid|user|account)$/.test(words.join(' '))
      // Names of files and hashes are in no text by way of a person.
      const isMade = profile.files + (profile.kinds.get('hash') ?? 0) > profile.distinct * 0.5
      if (!isText || !isIdentity || isMade) continue
      for (const value of table.sampled?.cells.get(live.name) ?? []) {
        const folded = value.toLowerCase()
        const isWord = /^[a-z]+$/.test(folded) && meaningsOf([folded]).join('') !== folded
        if (
          value.length < SHORTEST ||
          value.length > 100 ||
          /^\d+$|\s/.test(value) ||
          isWord ||
          found.size >= MOST_IDENTITIES
        )
          continue
        found.add(folded)
      }
    }
  return found
}

/** How many different values hold one of the identities as a whole word. */
export function holdingKnown(values: readonly string[], identities: ReadonlySet<string>): number {
  if (identities.size === 0) return 0
  let count = 0
  for (const value of new Set(values)) {
    for (const [word] of value.toLowerCase().matchAll(/[a-z0-9_][\w.@+-]{3,99}/g))
      if (identities.has(word) || identities.has(word.replace(/[.-]{1,3}$/, ''))) {
        count += 1
        break
      }
  }
  return count
}
