/** Cases, their steps, messages, tokens and files, and the letters that wait to be sent. */
export const cases = `
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
`
