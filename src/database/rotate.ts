import type { Clock } from '../base/clock.ts'
import { fact } from '../language/facts.ts'
import type { SqlPool } from '../sql/sql.ts'
import { makeVerifier, originOf } from './evidence/note.ts'
import { endorse } from './evidence/rotation.ts'
import { Frontier } from './evidence/tree.ts'
import type { Keys } from './keys.ts'
import type { DatabaseLog } from './log.ts'

/**
 * Replaces the signing key: the old one signs its last checkpoint of each log of this database with the new one's name,
 * and its private half is destroyed. Nobody appends meanwhile, so the checkpoint is over all that stands.
 */
export async function rotateSigningKey(pool: SqlPool, keys: Keys): Promise<void> {
  await pool.transaction({}, async (session) => {
    const { rows } = await session.query<{ controller: string; size: string; frontier: Buffer }>(
      'SELECT controller, size, frontier FROM kept.log ORDER BY controller FOR UPDATE',
    )
    keys.rotate((old, next) =>
      rows.map(({ controller, size, frontier }) => {
        const origin = originOf(controller)
        const head = { origin, size: Number(size), root: new Frontier(Number(size), frontier).root() }
        return endorse(head, old(origin), makeVerifier(origin, next))
      }),
    )
  })
}

/** Each key's name stands in the evidence from its first use on: the suppression key's, and the signing keys' in their order. */
export async function announceKeys(
  pool: SqlPool,
  log: DatabaseLog,
  controller: string,
  keys: Keys,
  clock: Clock,
): Promise<void> {
  const origin = originOf(controller)
  const { name, from, until } = keys.suppression()
  const signing = keys
    .verifiers(origin)
    .map(({ id }) => ({ purpose: 'signing' as const, id, from: clock.now().toISOString() }))
  for (const { id, ...key } of [...signing, { purpose: 'suppression' as const, id: name, from, until }]) {
    const { rows } = await pool.query('SELECT 1 FROM kept.key WHERE controller = $1 AND purpose = $2 AND id = $3', [
      controller,
      key.purpose,
      id,
    ])
    if (rows.length > 0) continue
    await log.append([fact('evidence.key/1', { ...key, key: id })])
    await pool.query('INSERT INTO kept.key (controller, purpose, id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
      controller,
      key.purpose,
      id,
    ])
  }
}
