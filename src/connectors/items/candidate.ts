import type { Candidate, Found } from '../../connector.ts'
import { valuesAt } from './cell-value.ts'
import { columnsFor, type ItemLayout, type Layout } from './layout.ts'
import type { ItemSource } from './source.ts'
import { folded } from './standing.ts'

/** For each person: shown to an approver, so more would not be read. */
const mostCandidates = 200

/** A phone by its last nine digits, any other hint by its letters without regard to case and blanks. */
const plain = (hint: string, value: string): string =>
  hint === 'phone' ? value.replace(/\D/g, '').slice(-9) : folded(value.replace(/\s+/g, ' '))

const untagged = (address: string): string => folded(address).replace(/\+[^@]*@/, '@')

/** Records that share a hint, or a +tag address, with a person: shown, never linked. Each table of people is read once. */
export async function findCandidates(
  source: ItemSource,
  layout: Layout,
  people: readonly Found[],
): Promise<Candidate[][]> {
  const result = people.map((): Candidate[] => [])
  for (const table of layout.tables) {
    const tests = testsOf(table)
    if (tests.length === 0) continue
    const known = people.map((found) =>
      tests.map(({ hint, spell }) => {
        const values = found.identities.filter(({ kind }) => kind === hint).map(({ value }) => spell(value))
        return new Set(values.filter((value) => value !== ''))
      }),
    )
    if (known.every((sets) => sets.every(({ size }) => size === 0))) continue
    for await (const item of source.items(table.name, { columns: columnsFor(table, false) })) {
      for (const [at, { hint, column, spell }] of tests.entries()) {
        for (const value of valuesAt(item, column)) {
          known.forEach((sets, person) => {
            const list = result[person]
            if (list === undefined || list.length >= mostCandidates || sets[at]?.has(spell(value)) !== true) return
            list.push({ hint, table: table.name, key: JSON.stringify(item.key) })
          })
        }
      }
    }
  }
  return result
}

function testsOf({ map }: ItemLayout) {
  const hints = (map.person?.hints ?? []).map(({ identity, column }) => ({
    hint: identity,
    column,
    spell: (value: string) => plain(identity, value),
  }))
  const tags = (map.person?.keys ?? [])
    .filter(({ identity }) => identity === 'email')
    .map(({ column }) => ({ hint: 'email', column, spell: untagged }))
  return [...hints, ...tags]
}
