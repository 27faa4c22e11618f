/** What was answered to an act with an idempotency key, sealed, for a day. */
export const answers = `
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
`
