/** Requests, people, findings and the evidence log. */
export const requests = `
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
`
