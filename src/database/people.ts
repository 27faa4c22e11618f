import { randomBytes } from 'node:crypto'
import { base32 } from '../base/ids.ts'
import type { SqlPool } from '../sql/sql.ts'
import type { Keys } from './keys.ts'

/**
 * The random pseudonym of the person with these identities. They are found by keyed hashes only; deleting those
 * (`forget`) leaves entries about a person that nobody can link to them any more.
 */
export async function pseudonymOf(
  pool: SqlPool,
  keys: Keys,
  controller: string,
  identities: readonly { readonly kind: string; readonly value: string }[],
): Promise<string> {
  if (identities.length === 0) throw new RangeError('a person has at least one identity')
  const tags = identities.map(({ kind, value }) => keys.tag(controller, kind, value))
  const fresh = `p${base32(randomBytes(26), 26)}`
  return pool.transaction({}, async (session) => {
    const known = await session.query<{ pseudonym: string }>(
      'SELECT pseudonym FROM kept.person WHERE controller = $1 AND tag = ANY($2::bytea[]) ORDER BY tag LIMIT 1',
      [controller, tags],
    )
    const pseudonym = known.rows[0]?.pseudonym ?? fresh
    await session.query(
      `INSERT INTO kept.person (controller, tag, pseudonym) SELECT $1, tag, $3 FROM unnest($2::bytea[]) AS tag
        ON CONFLICT (controller, tag) DO NOTHING`,
      [controller, tags, pseudonym],
    )
    const { rows } = await session.query<{ pseudonym: string }>(
      'SELECT pseudonym FROM kept.person WHERE controller = $1 AND tag = $2',
      [controller, tags[0]],
    )
    return rows[0]?.pseudonym ?? pseudonym
  })
}
