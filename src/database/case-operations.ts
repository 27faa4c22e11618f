import type { Json } from '../ledger.ts'

/** Changes to cases and letters as plain JSON; `sealed` and `wrapped` in base64 are left out of the journal. */

interface Secret {
  readonly sealed?: string
  readonly wrapped?: string
}

export interface CaseOpenRow extends Secret {
  readonly id: string
  readonly kind: string
  readonly state: string
  readonly channel: string
  readonly language: string
  readonly policy: string
  readonly received: string
  readonly due: string
  readonly detail: object
  readonly contact?: string
  readonly subject?: string
  readonly origin?: string
}

export interface CaseChangeRow extends Secret {
  readonly id: string
  readonly revision: number
  readonly at: string
  readonly kind?: string
  readonly state?: string
  readonly language?: string
  readonly due?: string
  readonly detail?: object
  readonly destroy?: boolean
}

export interface CaseStepRow {
  readonly case: string
  readonly step: string
  readonly at: string
  readonly by: string
  readonly detail: Json
  readonly evidence: number
}

export interface CaseMessageRow extends Secret {
  readonly id: string
  readonly case: string
  readonly at: string
  readonly from: string
  readonly once?: string
}

export interface CaseTokenRow extends Secret {
  readonly id: string
  readonly case: string
  readonly purpose: string
  readonly tag: string
  readonly expires: string
  readonly tries?: number
  readonly used?: string
}

export interface CaseFileRow extends Secret {
  readonly id: string
  readonly case: string
  readonly what: string
  readonly media: string
  readonly bytes: number
  readonly at: string
  readonly expires: string
}

export interface LetterRow extends Secret {
  readonly id: string
  readonly type: string
  readonly about?: string
  readonly message: string
  readonly at: string
  readonly once?: string
}

export interface LetterEndRow {
  readonly id: string
  readonly state: 'accepted' | 'failed' | 'bounced' | 'waiting'
  readonly from: readonly string[]
  readonly due?: string
  readonly reply?: object
}

export type CaseOperation =
  | { readonly kind: 'case-open'; readonly rows: CaseOpenRow[] }
  | { readonly kind: 'case-change'; readonly rows: CaseChangeRow[] }
  | { readonly kind: 'case-step'; readonly rows: CaseStepRow[] }
  | { readonly kind: 'case-message'; readonly rows: CaseMessageRow[] }
  | { readonly kind: 'case-token'; readonly rows: CaseTokenRow[] }
  | { readonly kind: 'case-token-use'; readonly rows: { readonly id: string; readonly at: string }[] }
  | { readonly kind: 'case-file'; readonly rows: CaseFileRow[] }
  | { readonly kind: 'case-file-end'; readonly rows: { readonly id: string; readonly at: string }[] }
  | { readonly kind: 'letter'; readonly rows: LetterRow[] }
  | { readonly kind: 'letter-end'; readonly rows: LetterEndRow[] }

const secret = `sealed text, wrapped text`
const bytes = (row: string): string => `decode(${row}.sealed, 'base64'), decode(${row}.wrapped, 'base64')`

/** One statement for each kind of change; what was changed meanwhile fails with `stale`. */
export const caseTexts = (stale: string): Readonly<Record<CaseOperation['kind'], string>> => ({
  'case-open': `INSERT INTO kept.case (controller, id, kind, state, channel, language, policy, received_at, changed_at, due_at,
      revision, detail, contact_tag, subject_tag, origin_tag, sealed, wrapped_key)
    SELECT $1, c.id, c.kind, c.state, c.channel, c.language, c.policy, c.received, c.received, c.due, 1, c.detail,
      decode(c.contact, 'hex'), decode(c.subject, 'hex'), decode(c.origin, 'hex'), ${bytes('c')}
    FROM json_to_recordset($2::json) AS c(id text, kind text, state text, channel text, language text, policy text,
      received timestamptz, due timestamptz, detail jsonb, contact text, subject text, origin text, ${secret})`,
  'case-change': `WITH given AS (
      SELECT * FROM json_to_recordset($2::json) AS g(id text, revision integer, at timestamptz, kind text, state text,
        language text, due timestamptz, detail jsonb, destroy boolean, ${secret})),
    changed AS (
      UPDATE kept.case AS c SET kind = coalesce(g.kind, c.kind), state = coalesce(g.state, c.state),
        language = coalesce(g.language, c.language), due_at = coalesce(g.due, c.due_at), detail = coalesce(g.detail, c.detail),
        sealed = CASE WHEN g.destroy THEN NULL ELSE coalesce(decode(g.sealed, 'base64'), c.sealed) END,
        wrapped_key = CASE WHEN g.destroy THEN NULL ELSE coalesce(decode(g.wrapped, 'base64'), c.wrapped_key) END,
        contact_tag = CASE WHEN g.destroy THEN NULL ELSE c.contact_tag END,
        subject_tag = CASE WHEN g.destroy THEN NULL ELSE c.subject_tag END,
        origin_tag = CASE WHEN g.destroy THEN NULL ELSE c.origin_tag END,
        revision = c.revision + 1, changed_at = g.at
      FROM given AS g WHERE c.controller = $1 AND c.id = g.id AND c.revision = g.revision RETURNING 1),
    silenced AS (
      UPDATE kept.case_message AS m SET sealed = NULL, wrapped_key = NULL
      FROM given AS g WHERE g.destroy AND m.controller = $1 AND m.case_id = g.id),
    emptied AS (
      UPDATE kept.case_file AS f SET sealed = NULL, wrapped_key = NULL
      FROM given AS g WHERE g.destroy AND f.controller = $1 AND f.case_id = g.id)
    SELECT kept.expect(count(*), json_array_length($2::json), '${stale}') FROM changed`,
  'case-step': `INSERT INTO kept.case_step (controller, evidence, case_id, step, at, by, detail)
    SELECT $1, s.evidence, s."case", s.step, s.at, s.by, s.detail
    FROM json_to_recordset($2::json) AS s(evidence bigint, "case" text, step text, at timestamptz, by text, detail jsonb)`,
  'case-message': `WITH taken AS (
      INSERT INTO kept.case_message (controller, id, case_id, at, sender, once_tag, sealed, wrapped_key)
      SELECT $1, m.id, m."case", m.at, m."from", decode(m.once, 'hex'), ${bytes('m')}
      FROM json_to_recordset($2::json) AS m(id text, "case" text, at timestamptz, "from" text, once text, ${secret})
      ON CONFLICT DO NOTHING RETURNING 1)
    SELECT kept.expect(count(*), json_array_length($2::json), '${stale}') FROM taken`,
  'case-token': `WITH made AS (
      INSERT INTO kept.case_token (controller, id, case_id, purpose, tag, expires_at, tries, used_at, sealed, wrapped_key)
      SELECT $1, t.id, t."case", t.purpose, decode(t.tag, 'hex'), t.expires, t.tries, t.used, ${bytes('t')}
      FROM json_to_recordset($2::json) AS t(id text, "case" text, purpose text, tag text, expires timestamptz, tries integer,
        used timestamptz, ${secret})
      ON CONFLICT DO NOTHING RETURNING 1)
    SELECT kept.expect(count(*), json_array_length($2::json), '${stale}') FROM made`,
  'case-token-use': `WITH used AS (
      UPDATE kept.case_token AS t SET used_at = u.at FROM json_to_recordset($2::json) AS u(id text, at timestamptz)
      WHERE t.controller = $1 AND t.id = u.id AND t.used_at IS NULL AND t.expires_at > u.at RETURNING 1)
    SELECT kept.expect(count(*), json_array_length($2::json), '${stale}') FROM used`,
  'case-file': `INSERT INTO kept.case_file (controller, id, case_id, what, media_type, bytes, created_at, expires_at, sealed,
      wrapped_key)
    SELECT $1, f.id, f."case", f.what, f.media, f.bytes, f.at, f.expires, ${bytes('f')}
    FROM json_to_recordset($2::json) AS f(id text, "case" text, what text, media text, bytes bigint, at timestamptz,
      expires timestamptz, ${secret})`,
  'case-file-end': `WITH ended AS (
      UPDATE kept.case_file AS f SET destroyed_at = e.at, sealed = NULL, wrapped_key = NULL
      FROM json_to_recordset($2::json) AS e(id text, at timestamptz)
      WHERE f.controller = $1 AND f.id = e.id AND f.destroyed_at IS NULL RETURNING 1)
    SELECT kept.expect(count(*), json_array_length($2::json), '${stale}') FROM ended`,
  letter: `INSERT INTO kept.letter (controller, id, type, state, about, message_id, attempts, created_at, due_at, once_tag, sealed,
      wrapped_key)
    SELECT $1, l.id, l.type, 'waiting', l.about, l.message, 0, l.at, l.at, decode(l.once, 'hex'), ${bytes('l')}
    FROM json_to_recordset($2::json) AS l(id text, type text, about text, message text, at timestamptz, once text, ${secret})
    ON CONFLICT DO NOTHING`,
  'letter-end': `WITH ended AS (
      UPDATE kept.letter AS l SET state = e.state, due_at = coalesce(e.due, l.due_at), reply = coalesce(e.reply, l.reply),
        sealed = CASE WHEN e.state = 'waiting' THEN l.sealed END,
        wrapped_key = CASE WHEN e.state = 'waiting' THEN l.wrapped_key END
      FROM json_to_recordset($2::json) AS e(id text, state text, "from" jsonb, due timestamptz, reply jsonb)
      WHERE l.controller = $1 AND l.id = e.id AND e."from" ? l.state RETURNING 1)
    SELECT kept.expect(count(*), json_array_length($2::json), '${stale}') FROM ended`,
})

/** Kinds whose rows hold ciphertext: it stays in the database, where it can be destroyed. */
export const sealedKinds: ReadonlySet<string> = new Set([
  'case-open',
  'case-change',
  'case-message',
  'case-token',
  'case-file',
  'letter',
])
