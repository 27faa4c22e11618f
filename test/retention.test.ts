/** Published terms on a real server: they pass, the data is gone, and what has to stay stays. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addHold, endHold } from '../src/retention/hold.ts'
import { previewRetention, proveRetention, sweepRetention } from '../src/retention/sweep.ts'
import { openSql } from '../src/sql/open.ts'
import { readStatus } from '../src/status/read-status.ts'
import { ROOT } from './checkout.ts'
import { MAP, PEOPLE, POLICY, type RetentionVendor, vendors } from './retention-vendor.ts'

const vendorOf = vendors()

async function linesOf({ retention }: RetentionVendor): Promise<string[]> {
  const lines: string[] = []
  for await (const [, line] of retention.records.lines()) lines.push(line)
  return lines
}

const outcomes = (terms: readonly { readonly rule: string; readonly outcome: string }[]) =>
  Object.fromEntries(terms.map(({ rule, outcome }) => [rule, outcome]))

test('a term passes and the rows are gone, not a day before', async () => {
  const vendor = await vendorOf('term', { sql: PEOPLE })
  vendor.day('2027-03-30')
  const before = await sweepRetention(vendor.retention)
  expect(before.counts).toEqual([])
  expect(outcomes(before.terms)).toEqual({ tickets: 'kept', accounts: 'kept' })
  expect(await vendor.numbers('SELECT count(*) FROM tickets')).toEqual([4])
  vendor.day('2027-03-31')
  expect(outcomes(await proveRetention(vendor.retention))).toMatchObject({ tickets: 'broken' })
  const preview = await previewRetention(vendor.retention)
  expect(preview.counts).toEqual([{ store: 'helpdesk', rule: 'tickets', table: 'tickets', what: 'erase', rows: 4 }])
  expect(preview.copies).toEqual([{ store: 'helpdesk', copy: 'nightly', keep: 'P30D', until: '2027-04-30' }])
  const swept = await sweepRetention(vendor.retention)
  expect(swept.counts).toEqual(preview.counts)
  expect(outcomes(swept.terms)).toEqual({ tickets: 'kept', accounts: 'kept' })
  expect(await vendor.numbers('SELECT count(*) FROM tickets UNION ALL SELECT count(*) FROM users')).toEqual([0, 4])
  const entries = (await linesOf(vendor)).map((line) => JSON.parse(line))
  const acts = entries.filter(({ type }) => type === 'retention.swept/1')
  expect(acts.map(({ body }) => body.tables)).toEqual([
    [{ table: 'tickets', rule: 'tickets', action: 'erase', rows: 4 }],
  ])
})

test('a planted row past its term turns the commitment broken in the status, and the sweep mends it', async () => {
  const vendor = await vendorOf('planted', { sql: PEOPLE })
  const standing = async () => {
    const { commitments } = await readStatus(vendor.retention.plan, vendor.retention.records, vendor.retention.now())
    return commitments.find(({ commitment }) => commitment === 'retention.tickets')?.status
  }
  expect(await standing()).toBe('unproven')
  await sweepRetention(vendor.retention)
  expect(await standing()).toBe('kept')
  await vendor.sql.query(`INSERT INTO tickets VALUES (900, 1, 'old', '2020-01-01')`)
  await proveRetention(vendor.retention)
  expect(await standing()).toBe('broken')
  await sweepRetention(vendor.retention)
  expect(await standing()).toBe('kept')
})

test('a held row stays, and goes after the hold has ended', async () => {
  const vendor = await vendorOf('held', { sql: PEOPLE })
  vendor.day('2027-06-01')
  const asked = { ground: 'legal-claims', by: 'jo', until: '2027-06-30', data: [], stores: [] }
  const hold = await addHold(vendor.retention, {
    ...asked,
    identities: [{ kind: 'email', value: 'person2@example.org' }],
  })
  const other = await addHold(vendor.retention, {
    ...asked,
    identities: [{ kind: 'email', value: 'person3@example.org' }],
  })
  const swept = await sweepRetention(vendor.retention)
  expect(await vendor.numbers('SELECT id FROM tickets ORDER BY id')).toEqual([102, 103])
  expect(outcomes(swept.terms)).toMatchObject({ tickets: 'kept' })
  const { counts } = await previewRetention(vendor.retention)
  expect(counts).toEqual([{ store: 'helpdesk', rule: 'tickets', table: 'tickets', what: 'held', rows: 2 }])
  await endHold(vendor.retention, hold.id, 'jo')
  await sweepRetention(vendor.retention)
  expect(await vendor.numbers('SELECT id FROM tickets')).toEqual([103])
  vendor.day('2027-07-01')
  await sweepRetention(vendor.retention)
  expect(await vendor.numbers('SELECT id FROM tickets')).toEqual([])
  expect(await vendor.retention.records.heldIdentities(hold.id)).toBeUndefined()
  expect(await vendor.retention.records.heldIdentities(other.id)).toHaveLength(1)
  const lines = await linesOf(vendor)
  expect(lines.filter((line) => line.includes('hold.'))).toHaveLength(3)
  expect(lines.join('\n')).not.toMatch(/person\d@|"jo"/)
})

test('a category is held for everybody; a ground, an end and a scope are asked for', async () => {
  const vendor = await vendorOf('category', { sql: PEOPLE })
  vendor.day('2027-06-01')
  const asked = { ground: 'legal-claims', by: 'jo', until: '2027-06-30', data: ['message'], stores: [], identities: [] }
  await expect(addHold(vendor.retention, { ...asked, ground: 'because' })).rejects.toMatchObject({
    code: 'hold.ground-unknown',
  })
  await expect(addHold(vendor.retention, { ...asked, data: [] })).rejects.toMatchObject({ code: 'hold.no-scope' })
  await expect(addHold(vendor.retention, { ...asked, until: '2027-05-31' })).rejects.toMatchObject({
    code: 'hold.bad-date',
  })
  await expect(addHold(vendor.retention, { ...asked, data: ['mesage'] })).rejects.toMatchObject({
    code: 'hold.data-unknown',
  })
  await expect(endHold(vendor.retention, 'nothing', 'jo')).rejects.toMatchObject({ code: 'hold.unknown' })
  await addHold(vendor.retention, asked)
  await sweepRetention(vendor.retention)
  expect(await vendor.numbers('SELECT count(*) FROM tickets')).toEqual([4])
})

test('a clock that says nothing is told, never guessed, and neither is one that is missing', async () => {
  const vendor = await vendorOf('undated', {
    sql: `${PEOPLE} UPDATE tickets SET updated = CASE id WHEN 101 THEN NULL WHEN 102 THEN 'infinity' WHEN 103 THEN '1970-01-01'::timestamp ELSE updated END;`,
  })
  vendor.day('2027-06-01')
  const swept = await sweepRetention(vendor.retention)
  expect(await vendor.numbers('SELECT id FROM tickets ORDER BY id')).toEqual([101, 102, 103])
  expect(swept.terms).toContainEqual(expect.objectContaining({ rule: 'tickets', outcome: 'unproven', undated: 3 }))
  const { counts } = await previewRetention(vendor.retention)
  expect(counts).toEqual([{ store: 'helpdesk', rule: 'tickets', table: 'tickets', what: 'undated', rows: 3 }])

  const without = await vendorOf('no_clock', {
    sql: PEOPLE,
    map: MAP.replace('last-contact: updated', 'made: updated'),
  })
  without.day('2030-06-01')
  const missing = await proveRetention(without.retention)
  expect(missing.find(({ rule }) => rule === 'tickets')).toMatchObject({
    outcome: 'unproven',
    gaps: [{ store: 'helpdesk', table: 'tickets', why: 'no-clock' }],
  })
})

test('a row that others refer to stays without its fields, and goes once they are gone', async () => {
  const vendor = await vendorOf('referenced', {
    sql: `${PEOPLE} UPDATE users SET seen = '2020-01-01Z' WHERE id < 3; UPDATE tickets SET updated = '2026-10-01' WHERE id = 101;`,
  })
  const { counts } = await previewRetention(vendor.retention)
  expect(counts).toEqual([
    { store: 'helpdesk', rule: 'accounts', table: 'users', what: 'treat', rows: 2 },
    { store: 'helpdesk', rule: 'accounts', table: 'users', what: 'referenced', rows: 2 },
  ])
  const swept = await sweepRetention(vendor.retention)
  expect(outcomes(swept.terms)).toEqual({ tickets: 'kept', accounts: 'kept' })
  const { rows } = await vendor.sql.query('SELECT id, email, name FROM users WHERE id < 3 ORDER BY id')
  expect(rows).toEqual([
    { id: '1', email: expect.stringMatching(/^[0-9a-f]+@erased\.invalid$/), name: null },
    { id: '2', email: expect.stringMatching(/^[0-9a-f]+@erased\.invalid$/), name: null },
  ])
  const again = await sweepRetention(vendor.retention)
  expect(again.counts).toEqual([])
})

test('rows that only rows refer to which go themselves go in the same sweep', async () => {
  const vendor = await vendorOf('along', { sql: `${PEOPLE} UPDATE users SET seen = '2020-01-01Z';` })
  vendor.day('2027-06-01')
  const preview = await previewRetention(vendor.retention)
  expect(preview.counts.map(({ table, what, rows }) => [table, what, rows])).toEqual([
    ['users', 'erase', 4],
    ['tickets', 'erase', 4],
  ])
  await sweepRetention(vendor.retention)
  expect(await vendor.numbers('SELECT count(*) FROM tickets UNION ALL SELECT count(*) FROM users')).toEqual([0, 0])
})

test('an exception that lasts and data without a term keep the row', async () => {
  const map = MAP.replace(
    'clock: { last-contact: updated }',
    'clock: { last-contact: updated, invoice-date: day }',
  ).replace('subject: { is: message }', 'subject: { is: message }, total: { is: invoice, keep: tax }')
  const vendor = await vendorOf('excepted', {
    map,
    sql: `ALTER TABLE tickets ADD total numeric, ADD day date; ${PEOPLE} UPDATE tickets SET total = 9, day = '2025-03-31' WHERE id = 101;`,
  })
  vendor.day('2027-06-01')
  await sweepRetention(vendor.retention)
  const { rows } = await vendor.sql.query('SELECT id, subject, total FROM tickets')
  expect(rows).toEqual([{ id: '101', subject: null, total: '9' }])
})

test('anonymise treats the fields and never removes a row; review only makes a task', async () => {
  const policy = POLICY.replace('then: erase }\n  accounts', 'then: anonymise }\n  accounts').replace(
    'from: last-activity, then: erase',
    'from: last-activity, then: review',
  )
  const vendor = await vendorOf('ends', {
    policy,
    sql: `${PEOPLE} UPDATE users SET seen = '2020-01-01Z' WHERE id = 1;`,
  })
  vendor.day('2027-06-01')
  const swept = await sweepRetention(vendor.retention)
  expect(swept.terms).toMatchObject([
    { rule: 'tickets', outcome: 'kept' },
    { rule: 'accounts', outcome: 'unproven', review: 1, overdue: 0 },
  ])
  expect(await vendor.numbers('SELECT count(*) FROM tickets WHERE subject IS NULL')).toEqual([4])
  expect(await vendor.numbers(`SELECT count(*) FROM users WHERE name IS NOT NULL`)).toEqual([4])
  const { commitments } = await readStatus(vendor.retention.plan, vendor.retention.records, vendor.retention.now())
  expect(commitments.find(({ commitment }) => commitment === 'retention.accounts')?.status).toBe('task')
})

test('a row that somebody has locked is left, told as overdue, and nobody is waited for', async () => {
  const vendor = await vendorOf('locked', { sql: PEOPLE })
  vendor.day('2027-06-01')
  const application = await openSql(vendor.url)
  try {
    await application.transaction({}, async (session) => {
      await session.query('SELECT FROM tickets WHERE id = 102 FOR UPDATE')
      const swept = await sweepRetention(vendor.retention)
      expect(outcomes(swept.terms)).toMatchObject({ tickets: 'broken' })
      expect(await vendor.numbers('SELECT id FROM tickets')).toEqual([102])
    })
  } finally {
    await application.close()
  }
  expect(outcomes((await sweepRetention(vendor.retention)).terms)).toMatchObject({ tickets: 'kept' })
})

test('a cascade into rows that nobody maps keeps the row, unless the map allows it', async () => {
  const sql = `${PEOPLE} CREATE TABLE notes (id bigint PRIMARY KEY, ticket_id bigint REFERENCES tickets ON DELETE CASCADE); INSERT INTO notes VALUES (1, 101);`
  const vendor = await vendorOf('cascade', { sql })
  vendor.day('2027-06-01')
  await sweepRetention(vendor.retention)
  expect(await vendor.numbers('SELECT id FROM tickets UNION ALL SELECT id FROM notes')).toEqual([101, 1])
  const allowed = await vendorOf('cascade_allowed', {
    sql,
    map: MAP.replace('    people: { requester', '    allow: { cascades: [notes] }\n    people: { requester'),
  })
  allowed.day('2027-06-01')
  await sweepRetention(allowed.retention)
  expect(await allowed.numbers('SELECT id FROM tickets UNION ALL SELECT id FROM notes')).toEqual([])
})

test('nobody waits for more than a batch: each is given up by the server after a bound', async () => {
  const vendor = await vendorOf('batches', {
    sql: `${PEOPLE} INSERT INTO tickets SELECT g, 1, repeat('x', 200), '2020-01-01' FROM generate_series(1000, 60000) g;
      CREATE TABLE seen (bound text, waits text, began timestamptz);
      CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO seen VALUES (current_setting('statement_timeout'), current_setting('lock_timeout'), now()); RETURN NULL; END $$;
      CREATE TRIGGER see AFTER DELETE ON tickets FOR EACH STATEMENT EXECUTE FUNCTION see();`,
    map: MAP.replace('    people: { requester', '    allow: { triggers: [see] }\n    people: { requester'),
  })
  const swept = await sweepRetention(vendor.retention)
  expect(outcomes(swept.terms)).toMatchObject({ tickets: 'kept' })
  // As the server itself was told; only a row that cannot go with others, on a starved machine, may take longer.
  const { rows } = await vendor.sql.query<{ bound: string; waits: string }>('SELECT DISTINCT bound, waits FROM seen')
  expect(rows).toContainEqual({ bound: '60ms', waits: '40ms' })
  expect(rows.every(({ bound, waits }) => ['60ms', '2s'].includes(bound) && waits === '40ms')).toBe(true)
  expect(await vendor.numbers('SELECT (count(DISTINCT began) > 2)::int4 FROM seen')).toEqual([1])
})

test('one row that a constraint holds back is set apart, the others go', async () => {
  const vendor = await vendorOf('apart', {
    sql: `${PEOPLE} INSERT INTO tickets SELECT g, 1, 'old', '2020-01-01' FROM generate_series(1000, 1500) g;
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF OLD.id = 1200 THEN RAISE EXCEPTION 'no'; END IF; RETURN OLD; END $$;
      CREATE TRIGGER refuse BEFORE DELETE ON tickets FOR EACH ROW EXECUTE FUNCTION refuse();`,
  })
  const swept = await sweepRetention(vendor.retention)
  expect(swept.failed).toBe(1)
  expect(await vendor.numbers('SELECT id FROM tickets WHERE id >= 1000')).toEqual([1200])
  expect(outcomes(swept.terms)).toMatchObject({ tickets: 'broken' })
})

test('the proof shares no file with the sweep but the layout of the map', () => {
  const source = readFileSync(join(ROOT, 'src', 'connectors', 'postgres', 'overdue.ts'), 'utf8')
  const own = [...source.matchAll(/from '\.\/([a-z-]+)\.ts'/g)].map(([, name]) => name)
  expect(own.toSorted()).toEqual(['chain', 'expression', 'layout'])
})

test('sweep and proof, each by its own reckoning, agree on every kind of clock at every end of a month', async () => {
  const kinds = { plain: 'timestamp', zoned: 'timestamptz', day: 'date', seconds: 'bigint', thousandths: 'numeric' }
  const names = Object.keys(kinds)
  const clocks = `SELECT g AS id, 'x' AS subject, timestamp '2023-12-25' + g * interval '7 hours' AS at FROM generate_series(1, 1500) g`
  const cast = {
    plain: 'at',
    zoned: `at AT TIME ZONE 'UTC'`,
    day: 'at::date',
    seconds: 'extract(epoch FROM at)::int8',
    thousandths: 'extract(epoch FROM at) * 1000',
  }
  const vendor = await vendorOf('clocks', {
    sql: Object.entries(cast)
      .map(([name, sql]) => `CREATE TABLE ${name} AS SELECT id, subject, ${sql} AS updated FROM (${clocks}) c;`)
      .join('\n'),
    policy: POLICY.replace('keep: P24M', 'keep: P1M'),
    map:
      MAP +
      names
        .map(
          (name) =>
            `  ${name}: { for: support, clock: { last-contact: updated }, fields: { subject: { is: message } } }\n`,
        )
        .join(''),
  })
  const [store] = vendor.retention.stores
  for (const day of [
    '2024-02-28',
    '2024-02-29',
    '2024-03-01',
    '2024-03-30',
    '2024-03-31',
    '2024-04-30',
    '2024-10-27',
    '2024-11-30',
    '2025-02-28',
  ]) {
    for (const time of ['00:00:00', '00:59:59', '11:00:00', '23:30:00']) {
      const work = { terms: vendor.retention.plan.retention, held: [], now: new Date(`${day}T${time}Z`) }
      const [swept, proven] = [await store?.expiring?.(work), await store?.overdue?.(work)]
      const going = names.map(
        (name) => swept?.counts.find((one) => one.table === name && one.what === 'erase')?.rows ?? 0,
      )
      expect(
        names.map((name) => proven?.counts.find((one) => one.table === name)?.overdue),
        `${day} ${time}`,
      ).toEqual(going)
      expect(Math.min(...going)).toBeGreaterThan(0)
    }
  }
})
