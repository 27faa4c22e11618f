import type { Json } from '../ledger.ts'
import type { NewVersion, RequestState, StoreStep } from '../records.ts'
import type { SqlStatement } from '../sql/sql.ts'
import { type CaseOperation, caseTexts, sealedKinds } from './case-operations.ts'

/** A new request as a row; `sealed` and `wrappedKey` in base64 are left out of the journal. */
export interface CreatedRow {
  readonly id: string
  readonly kind: string
  readonly policy: string
  readonly at: string
  readonly due: string
  readonly steps: readonly StoreStep[]
  readonly sealed?: string
  readonly wrapped?: string
  first?: number
  last?: number
}

export interface ChangedRow {
  readonly id: string
  readonly revision: number
  readonly at: string
  readonly state?: RequestState
  readonly due?: string
  readonly steps?: readonly StoreStep[]
  readonly approval?: object
  readonly closing?: object
  readonly report?: Json
  readonly sealed?: string
  readonly wrapped?: string
  /** The sealed data and its key are destroyed. */
  readonly destroy?: boolean
  first?: number
  last?: number
}

export interface ErasedRow {
  /** Whose all of the hashes are; journals of earlier releases have it instead of shares. */
  readonly request?: string
  /** Requests and how many of the hashes are theirs, in order. */
  readonly shares?: readonly (readonly [string, number])[]
  readonly store: string
  readonly table: string
  readonly key: string
  readonly bytes: number
  readonly hashes: string
}

export interface FindingRow {
  readonly probe: string
  readonly subject: string
  readonly outcome: string
  readonly at: string
  readonly detail?: Json
  evidence: number
}

export interface PublishedRow extends Omit<NewVersion, 'policyText'> {
  readonly policy_text: string
  readonly at: string
  evidence: number
}

export interface VersionEventRow {
  readonly number: number
  readonly kind: 'shown' | 'activated'
  readonly at: string
  readonly detail: Json
  evidence: number
}

/** A hold as a row; `sealed` and `wrapped` in base64 are left out of the journal. */
export interface HoldRow {
  readonly id: string
  readonly ground: string
  readonly by: string
  readonly until: string
  readonly data: readonly string[]
  readonly stores: readonly string[]
  readonly identities: number
  readonly at: string
  readonly sealed?: string
  readonly wrapped?: string
}

export interface HoldEndRow {
  readonly id: string
  readonly by: string
  readonly at: string
}

/** One kind of change to Kept's own tables, as plain JSON: the statement and the journal take the same. */
export type Operation =
  | { readonly kind: 'create'; readonly rows: CreatedRow[] }
  | { readonly kind: 'change'; readonly rows: ChangedRow[] }
  | { readonly kind: 'erased'; readonly rows: ErasedRow[] }
  | { readonly kind: 'finding'; readonly rows: FindingRow[] }
  | { readonly kind: 'publish'; readonly rows: PublishedRow[] }
  | { readonly kind: 'version-event'; readonly rows: VersionEventRow[] }
  | { readonly kind: 'evidence'; readonly rows: { readonly id: string; first: number; last: number }[] }
  | { readonly kind: 'hold'; readonly rows: HoldRow[] }
  | { readonly kind: 'hold-end'; readonly rows: HoldEndRow[] }
  | { readonly kind: 'forget'; readonly rows: { readonly pseudonym: string }[] }
  | CaseOperation

/** Raised by the database when a change saw another revision than it was decided on. */
export const staleState = 'KP001'
/** Raised when another process appended meanwhile. */
export const logMovedState = 'KP002'

const texts: Readonly<Record<Operation['kind'], string>> = {
  create: `INSERT INTO kept.request (controller, id, kind, state, policy, created_at, changed_at, due_at, revision, steps,
      sealed, wrapped_key, evidence_first, evidence_last)
    SELECT $1, r.id, r.kind, 'received', r.policy, r.at, r.at, r.due, 1, r.steps,
      decode(r.sealed, 'base64'), decode(r.wrapped, 'base64'), r.first, r.last
    FROM jsonb_to_recordset($2::jsonb) AS r(id text, kind text, policy text, at timestamptz, due timestamptz, steps jsonb,
      sealed text, wrapped text, first bigint, last bigint)`,
  change: `WITH changed AS (
      UPDATE kept.request AS r SET
        state = coalesce(c.state, r.state),
        due_at = coalesce(c.due, r.due_at),
        steps = coalesce(c.steps, r.steps),
        approval = coalesce(c.approval, r.approval),
        closing = coalesce(c.closing, r.closing),
        report = coalesce(c.report, r.report),
        sealed = CASE WHEN c.destroy THEN NULL ELSE coalesce(decode(c.sealed, 'base64'), r.sealed) END,
        wrapped_key = CASE WHEN c.destroy THEN NULL ELSE coalesce(decode(c.wrapped, 'base64'), r.wrapped_key) END,
        evidence_first = coalesce(r.evidence_first, c.first),
        evidence_last = coalesce(c.last, r.evidence_last),
        revision = r.revision + 1,
        changed_at = c.at
      FROM jsonb_to_recordset($2::jsonb) AS c(id text, revision integer, at timestamptz, state text, due timestamptz, steps jsonb,
        approval jsonb, closing jsonb, report jsonb, sealed text, wrapped text, destroy boolean, first bigint, last bigint)
      WHERE r.controller = $1 AND r.id = ANY($3::text[]) AND r.id = c.id AND r.revision = c.revision
      RETURNING 1)
    SELECT kept.expect(count(*), cardinality($3::text[]), '${staleState}') FROM changed`,
  erased: `INSERT INTO kept.erased (controller, request, shares, store, table_name, key_name, hash_bytes, hashes)
    SELECT $1, e.request, e.shares, e.store, e."table", e.key, e.bytes, decode(e.hashes, 'base64')
    FROM jsonb_to_recordset($2::jsonb) AS e(request text, shares jsonb, store text, "table" text, key text, bytes smallint, hashes text)`,
  finding: `INSERT INTO kept.finding AS f (controller, probe, subject, outcome, at, evidence, detail)
    SELECT $1, n.probe, n.subject, n.outcome, n.at, n.evidence, n.detail
    FROM jsonb_to_recordset($2::jsonb) AS n(probe text, subject text, outcome text, at timestamptz, evidence bigint, detail jsonb)
    ON CONFLICT (controller, probe, subject) DO UPDATE SET outcome = excluded.outcome, at = excluded.at,
      evidence = excluded.evidence, detail = excluded.detail WHERE f.evidence <= excluded.evidence`,
  // Numbers have no gaps: another one published meanwhile leaves no row, and the expectation fails.
  publish: `WITH published AS (
      INSERT INTO kept.version (controller, number, date, effective, published_at, policy, meaning, notice, differences, asks,
        policy_text, files, evidence)
      SELECT $1, v.number, v.date, v.effective, v.at, v.policy, v.meaning, v.notice, v.differences, v.asks,
        v.policy_text, v.files, v.evidence
      FROM json_to_recordset($2::json) AS v(number integer, date text, effective text, at timestamptz, policy text,
        meaning text, notice text, differences jsonb, asks jsonb, policy_text text, files json, evidence bigint)
      WHERE v.number = 1 + (SELECT coalesce(max(number), 0) FROM kept.version WHERE controller = $1)
      ON CONFLICT DO NOTHING RETURNING 1)
    SELECT kept.expect(count(*), json_array_length($2::json), '${staleState}') FROM published`,
  'version-event': `WITH happened AS (
      INSERT INTO kept.version_event (controller, evidence, number, kind, at, detail)
      SELECT $1, e.evidence, e.number, e.kind, e.at, e.detail
      FROM jsonb_to_recordset($2::jsonb) AS e(evidence bigint, number integer, kind text, at timestamptz, detail jsonb)
      WHERE e.kind <> 'activated' OR NOT EXISTS (SELECT FROM kept.version_event AS a
        WHERE a.controller = $1 AND a.kind = 'activated' AND a.number >= e.number)
      ON CONFLICT DO NOTHING RETURNING 1)
    SELECT kept.expect(count(*), jsonb_array_length($2::jsonb), '${staleState}') FROM happened`,
  evidence: `UPDATE kept.request AS r SET evidence_first = coalesce(r.evidence_first, e.first), evidence_last = e.last
    FROM jsonb_to_recordset($2::jsonb) AS e(id text, first bigint, last bigint)
    WHERE r.controller = $1 AND r.id = ANY($3::text[]) AND r.id = e.id`,
  hold: `INSERT INTO kept.hold (controller, id, ground, added_by, until, data, stores, identities, created_at, sealed, wrapped_key)
    SELECT $1, h.id, h.ground, h.by, h.until, h.data, h.stores, h.identities, h.at,
      decode(h.sealed, 'base64'), decode(h.wrapped, 'base64')
    FROM jsonb_to_recordset($2::jsonb) AS h(id text, ground text, by text, until text, data jsonb, stores jsonb,
      identities integer, at timestamptz, sealed text, wrapped text)`,
  'hold-end': `WITH ended AS (
      UPDATE kept.hold AS h SET ended_at = e.at, ended_by = e.by, sealed = NULL, wrapped_key = NULL
      FROM jsonb_to_recordset($2::jsonb) AS e(id text, by text, at timestamptz)
      WHERE h.controller = $1 AND h.id = e.id AND h.ended_at IS NULL RETURNING 1)
    SELECT kept.expect(count(*), jsonb_array_length($2::jsonb), '${staleState}') FROM ended`,
  forget: `DELETE FROM kept.person AS p USING jsonb_to_recordset($2::jsonb) AS f(pseudonym text)
    WHERE p.controller = $1 AND p.pseudonym = f.pseudonym`,
  ...caseTexts(staleState),
}

/** The statement that carries an operation out: one, however many rows. */
export function operationStatement(controller: string, operation: Operation): SqlStatement {
  return {
    name: `kept_${operation.kind}`,
    text: texts[operation.kind],
    values: [controller, JSON.stringify(operation.rows), ...idsOf(operation)],
  }
}

/** The requests of an update stand apart: by them the server reads no more rows than it changes, however few it expects. */
function idsOf(operation: Operation): readonly [string[]] | readonly [] {
  if (operation.kind !== 'change' && operation.kind !== 'evidence') return []
  return [operation.rows.map((row) => row.id)]
}

const secretKinds: ReadonlySet<string> = new Set(['create', 'change', 'hold', ...sealedKinds])

/** The operation as the journal may hold it: secrets stay in the database, where closing a request destroys them. */
export function withoutSecrets(operation: Operation): Operation {
  if (!secretKinds.has(operation.kind)) return operation
  const rows = (operation.rows as readonly { sealed?: string; wrapped?: string }[]).map(
    ({ sealed: _sealed, wrapped: _wrapped, ...row }) => row,
  )
  return { kind: operation.kind, rows } as Operation
}

/** Appends lines to the log that has `size` entries, or fails with `logMovedState` when it has another size by now. */
export function appendStatements(
  controller: string,
  size: number,
  grown: { readonly size: number; readonly frontier: Buffer },
  lines: readonly string[],
): SqlStatement[] {
  return [
    {
      name: 'kept_grow',
      text: `WITH grown AS (UPDATE kept.log SET size = $2, frontier = $3 WHERE controller = $1 AND size = $4 RETURNING 1)
        SELECT kept.expect(count(*), 1, '${logMovedState}') FROM grown`,
      values: [controller, grown.size, grown.frontier, size],
    },
    {
      name: 'kept_entries',
      text: `INSERT INTO kept.entry (controller, index, line)
        SELECT $1, $2::bigint + number - 1, line FROM string_to_table($3, E'\\n') WITH ORDINALITY AS given(line, number)`,
      values: [controller, size, lines.join('\n')],
    },
  ]
}
