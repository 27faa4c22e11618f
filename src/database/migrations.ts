import { Fault } from '../language/fault.ts'
import type { SqlPool } from '../sql/sql.ts'

/** Kept's own schema, forward only: a step is never edited once released, only followed by the next. */
export const migrations: readonly string[] = [
  // 1: requests, people, findings and the evidence log.
  `
  CREATE TABLE kept.log (
    controller text PRIMARY KEY,
    size bigint NOT NULL,
    frontier bytea NOT NULL
  );
  CREATE TABLE kept.entry (
    controller text NOT NULL,
    index bigint NOT NULL,
    line text NOT NULL,
    PRIMARY KEY (controller, index)
  );
  CREATE TABLE kept.request (
    controller text NOT NULL,
    id text NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    policy text NOT NULL,
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    revision integer NOT NULL,
    steps jsonb NOT NULL,
    approval jsonb,
    closing jsonb,
    report jsonb,
    sealed bytea,
    wrapped_key bytea,
    evidence_first bigint,
    evidence_last bigint,
    PRIMARY KEY (controller, id)
  );
  CREATE INDEX request_by_age ON kept.request (controller, created_at DESC, id DESC);
  CREATE TABLE kept.erased (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    controller text NOT NULL,
    request text NOT NULL,
    store text NOT NULL,
    table_name text NOT NULL,
    key_name text NOT NULL,
    hash_bytes smallint NOT NULL,
    hashes bytea NOT NULL
  );
  CREATE INDEX erased_by_store ON kept.erased (controller, store, number);
  CREATE TABLE kept.finding (
    controller text NOT NULL,
    probe text NOT NULL,
    subject text NOT NULL,
    outcome text NOT NULL,
    at timestamptz NOT NULL,
    evidence bigint NOT NULL,
    detail jsonb,
    PRIMARY KEY (controller, probe, subject)
  );
  CREATE TABLE kept.person (
    controller text NOT NULL,
    tag bytea NOT NULL,
    pseudonym text NOT NULL,
    PRIMARY KEY (controller, tag)
  );
  CREATE INDEX person_by_pseudonym ON kept.person (controller, pseudonym);
  CREATE TABLE kept.key (
    controller text NOT NULL,
    purpose text NOT NULL,
    id text NOT NULL,
    PRIMARY KEY (controller, purpose, id)
  );
  CREATE TABLE kept.journal (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    commits bigint NOT NULL,
    bytes bigint NOT NULL,
    hash text NOT NULL
  );
  CREATE FUNCTION kept.expect(actual bigint, expected bigint, code text) RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    IF actual <> expected THEN RAISE EXCEPTION 'expectation failed' USING ERRCODE = code; END IF;
  END $$;
  CREATE FUNCTION kept.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'the evidence log is append-only' USING ERRCODE = 'KP003';
  END $$;
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON kept.entry
    FOR EACH STATEMENT EXECUTE FUNCTION kept.refuse_change();
  `,
  // 2: versions of the policy and its notice, and what happened to them; neither is ever changed.
  `
  CREATE TABLE kept.version (
    controller text NOT NULL,
    number integer NOT NULL,
    date text NOT NULL,
    effective text NOT NULL,
    published_at timestamptz NOT NULL,
    policy text NOT NULL,
    meaning text NOT NULL,
    notice text NOT NULL,
    differences jsonb NOT NULL,
    asks jsonb NOT NULL,
    policy_text text NOT NULL,
    files json NOT NULL,
    evidence bigint NOT NULL,
    PRIMARY KEY (controller, number),
    UNIQUE (controller, date)
  );
  CREATE TABLE kept.version_event (
    controller text NOT NULL,
    evidence bigint NOT NULL,
    number integer NOT NULL,
    kind text NOT NULL,
    at timestamptz NOT NULL,
    detail jsonb NOT NULL,
    PRIMARY KEY (controller, evidence),
    FOREIGN KEY (controller, number) REFERENCES kept.version
  );
  CREATE UNIQUE INDEX version_activated_once ON kept.version_event (controller, number) WHERE kind = 'activated';
  CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON kept.version
    FOR EACH STATEMENT EXECUTE FUNCTION kept.refuse_change();
  CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON kept.version_event
    FOR EACH STATEMENT EXECUTE FUNCTION kept.refuse_change();
  `,
  // 3: ciphertext and hashes are not tried to be compressed; a request has room for its next version on the same page.
  `
  ALTER TABLE kept.request ALTER sealed SET STORAGE EXTERNAL, ALTER wrapped_key SET STORAGE EXTERNAL, SET (fillfactor = 50);
  ALTER TABLE kept.erased ALTER hashes SET STORAGE EXTERNAL;
  `,
  // 4: holds: what no sweep may touch, on whose word and until when.
  `
  CREATE TABLE kept.hold (
    controller text NOT NULL,
    id text NOT NULL,
    ground text NOT NULL,
    added_by text NOT NULL,
    until text NOT NULL,
    data jsonb NOT NULL,
    stores jsonb NOT NULL,
    identities integer NOT NULL,
    created_at timestamptz NOT NULL,
    ended_at timestamptz,
    ended_by text,
    sealed bytea,
    wrapped_key bytea,
    PRIMARY KEY (controller, id)
  );
  `,
  // Cases, their steps, messages, tokens and files, and the letters that wait to be sent.
  `
  CREATE TABLE kept.case (
    controller text NOT NULL,
    id text NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    channel text NOT NULL,
    language text NOT NULL,
    policy text NOT NULL,
    received_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    revision integer NOT NULL,
    detail jsonb NOT NULL,
    contact_tag bytea,
    subject_tag bytea,
    origin_tag bytea,
    sealed bytea,
    wrapped_key bytea,
    PRIMARY KEY (controller, id)
  ) WITH (fillfactor = 70);
  CREATE INDEX case_by_age ON kept.case (controller, received_at DESC, id DESC);
  CREATE INDEX case_by_state ON kept.case (controller, state, received_at DESC, id DESC);
  CREATE INDEX case_by_due ON kept.case (controller, due_at) WHERE state NOT IN ('answered', 'closed');
  CREATE INDEX case_with_tasks ON kept.case (controller, received_at DESC, id DESC) WHERE detail->'tasks' <> '[]';
  CREATE INDEX case_by_contact ON kept.case (controller, contact_tag) WHERE contact_tag IS NOT NULL;
  CREATE INDEX case_by_origin ON kept.case (controller, origin_tag, received_at) WHERE origin_tag IS NOT NULL;
  CREATE TABLE kept.case_step (
    controller text NOT NULL,
    evidence bigint NOT NULL,
    case_id text NOT NULL,
    step text NOT NULL,
    at timestamptz NOT NULL,
    by text NOT NULL,
    detail jsonb NOT NULL,
    PRIMARY KEY (controller, evidence)
  );
  CREATE INDEX case_step_by_case ON kept.case_step (controller, case_id, evidence);
  CREATE TRIGGER immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON kept.case_step
    FOR EACH STATEMENT EXECUTE FUNCTION kept.refuse_change();
  CREATE TABLE kept.case_message (
    controller text NOT NULL,
    id text NOT NULL,
    case_id text NOT NULL,
    at timestamptz NOT NULL,
    sender text NOT NULL,
    once_tag bytea,
    sealed bytea,
    wrapped_key bytea,
    PRIMARY KEY (controller, id),
    UNIQUE (controller, once_tag)
  );
  CREATE INDEX case_message_by_case ON kept.case_message (controller, case_id, at);
  CREATE TABLE kept.case_token (
    controller text NOT NULL,
    id text NOT NULL,
    case_id text NOT NULL,
    purpose text NOT NULL,
    tag bytea NOT NULL,
    expires_at timestamptz NOT NULL,
    tries integer,
    used_at timestamptz,
    sealed bytea,
    wrapped_key bytea,
    PRIMARY KEY (controller, id),
    UNIQUE (controller, tag)
  );
  CREATE INDEX case_token_by_case ON kept.case_token (controller, case_id, purpose);
  CREATE INDEX case_token_by_end ON kept.case_token (expires_at);
  CREATE TABLE kept.case_file (
    controller text NOT NULL,
    id text NOT NULL,
    case_id text NOT NULL,
    what text NOT NULL,
    media_type text NOT NULL,
    bytes bigint NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    destroyed_at timestamptz,
    sealed bytea,
    wrapped_key bytea,
    PRIMARY KEY (controller, id)
  );
  CREATE INDEX case_file_by_case ON kept.case_file (controller, case_id);
  CREATE INDEX case_file_by_end ON kept.case_file (controller, expires_at) WHERE destroyed_at IS NULL;
  CREATE TABLE kept.letter (
    controller text NOT NULL,
    id text NOT NULL,
    type text NOT NULL,
    state text NOT NULL,
    about text,
    message_id text NOT NULL,
    attempts integer NOT NULL,
    created_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    reply jsonb,
    once_tag bytea,
    sealed bytea,
    wrapped_key bytea,
    PRIMARY KEY (controller, id),
    UNIQUE (controller, once_tag)
  ) WITH (fillfactor = 70);
  CREATE INDEX letter_waiting ON kept.letter (controller, due_at) WHERE state = 'waiting';
  CREATE INDEX letter_about ON kept.letter (controller, about) WHERE about IS NOT NULL;
  ALTER TABLE kept.case ALTER sealed SET STORAGE EXTERNAL;
  ALTER TABLE kept.case_message ALTER sealed SET STORAGE EXTERNAL;
  ALTER TABLE kept.case_file ALTER sealed SET STORAGE EXTERNAL;
  ALTER TABLE kept.letter ALTER sealed SET STORAGE EXTERNAL;
  `,
  // What was answered to an act with an idempotency key, sealed, for a day.
  `
  CREATE TABLE kept.answer (
    controller text NOT NULL,
    tag bytea NOT NULL,
    request text NOT NULL,
    begun_at timestamptz NOT NULL,
    status integer,
    sealed bytea,
    wrapped_key bytea,
    PRIMARY KEY (controller, tag)
  );
  CREATE INDEX answer_by_age ON kept.answer (begun_at);
  `,
  // Staff: who may do what, how they sign in, and machines that act for them. The names are those better-auth asks for.
  `
  CREATE TABLE kept.staff (
    id text PRIMARY KEY,
    name text NOT NULL,
    email text NOT NULL UNIQUE,
    email_verified boolean NOT NULL DEFAULT false,
    image text,
    two_factor_enabled boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    enrolled_at timestamptz,
    disabled_at timestamptz
  );
  CREATE TABLE kept.staff_role (
    staff text NOT NULL REFERENCES kept.staff ON DELETE CASCADE,
    tenant text NOT NULL,
    role text NOT NULL,
    source text NOT NULL,
    PRIMARY KEY (staff, tenant, role)
  );
  CREATE TABLE kept.staff_account (
    id text PRIMARY KEY,
    user_id text NOT NULL REFERENCES kept.staff ON DELETE CASCADE,
    provider_id text NOT NULL,
    account_id text NOT NULL,
    password text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    UNIQUE (provider_id, account_id)
  );
  CREATE INDEX staff_account_by_staff ON kept.staff_account (user_id);
  CREATE TABLE kept.staff_session (
    id text PRIMARY KEY,
    user_id text NOT NULL REFERENCES kept.staff ON DELETE CASCADE,
    token text NOT NULL UNIQUE,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT now(),
    second_factor_at timestamptz
  );
  CREATE INDEX staff_session_by_staff ON kept.staff_session (user_id);
  CREATE TABLE kept.staff_challenge (
    id text PRIMARY KEY,
    identifier text NOT NULL,
    value text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
  );
  CREATE INDEX staff_challenge_by_identifier ON kept.staff_challenge (identifier);
  CREATE INDEX staff_challenge_by_end ON kept.staff_challenge (expires_at);
  CREATE TABLE kept.staff_second_factor (
    id text PRIMARY KEY,
    user_id text NOT NULL UNIQUE REFERENCES kept.staff ON DELETE CASCADE,
    secret text NOT NULL,
    backup_codes text NOT NULL,
    verified boolean NOT NULL DEFAULT false,
    failed_verification_count integer NOT NULL DEFAULT 0,
    locked_until timestamptz
  );
  CREATE TABLE kept.staff_passkey (
    id text PRIMARY KEY,
    user_id text NOT NULL REFERENCES kept.staff ON DELETE CASCADE,
    name text,
    credential_id text NOT NULL UNIQUE,
    public_key text NOT NULL,
    counter bigint NOT NULL,
    device_type text NOT NULL,
    backed_up boolean NOT NULL,
    transports text,
    aaguid text,
    created_at timestamptz
  );
  CREATE INDEX staff_passkey_by_staff ON kept.staff_passkey (user_id);
  CREATE TABLE kept.staff_invitation (
    hash bytea PRIMARY KEY,
    staff text NOT NULL UNIQUE REFERENCES kept.staff ON DELETE CASCADE,
    expires_at timestamptz NOT NULL
  );
  CREATE TABLE kept.staff_token (
    id text PRIMARY KEY,
    hash bytea NOT NULL UNIQUE,
    name text NOT NULL,
    roles jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
  );
  CREATE TABLE kept.staff_throttle (
    subject bytea PRIMARY KEY,
    failures integer NOT NULL,
    last_at timestamptz NOT NULL,
    blocked_until timestamptz NOT NULL
  );
  `,
  // What a chunk of people lost in one table stands in one row; each request has its share of the hashes, in order.
  `
  ALTER TABLE kept.erased ALTER request DROP NOT NULL, ADD COLUMN shares jsonb,
    ADD CHECK (num_nonnulls(request, shares) = 1);
  `,
  // Others who read the log from where they left off.
  `
  CREATE TABLE kept.log_reader (
    controller text NOT NULL,
    name text NOT NULL,
    next bigint NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    failing_since timestamptz,
    due_at timestamptz NOT NULL,
    stopped boolean NOT NULL DEFAULT false,
    PRIMARY KEY (controller, name)
  );
  `,
  // No index of requests begins with the controller, which nearly all of them share: a server that has not counted the
  // rows yet would look there, and read them all.
  `
  ALTER TABLE kept.request DROP CONSTRAINT request_pkey, ADD PRIMARY KEY (id, controller);
  DROP INDEX kept.request_by_age;
  CREATE INDEX request_by_age ON kept.request (created_at DESC, id DESC, controller);
  ALTER TABLE kept.request SET (toast_tuple_target = 1024);
  `,
  // Messages of one instant stay in the order in which they came.
  `
  ALTER TABLE kept.case_message ADD number bigint GENERATED ALWAYS AS IDENTITY;
  `,
]

/** Holds off other processes that open the same database meanwhile; any fixed number serves. */
const migrationLock = 5_063_116_042_301

/** Brings the schema to the newest version. Fault `database.newer` where it is already beyond what this release knows. */
export async function migrate(pool: SqlPool, steps: readonly string[] = migrations): Promise<void> {
  await pool.transaction({}, async (session) => {
    await session.query(`SELECT pg_advisory_xact_lock(${migrationLock})`)
    await session.query(`CREATE SCHEMA IF NOT EXISTS kept;
      CREATE TABLE IF NOT EXISTS kept.schema_version (version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())`)
    const { rows } = await session.query<{ version: number }>(
      'SELECT coalesce(max(version), 0) AS version FROM kept.schema_version',
    )
    const version = rows[0]?.version ?? 0
    if (version > steps.length) {
      throw new Fault({
        code: 'database.newer',
        what: `Kept's own database has schema version ${version}; this release knows up to ${steps.length}.`,
        mend: 'Use the newer release of Kept that made it; a schema is never taken back.',
      })
    }
    for (let step = version; step < steps.length; step++) {
      await session.query(steps[step] as string)
      await session.query('INSERT INTO kept.schema_version (version) VALUES ($1)', [step + 1])
    }
  })
}
