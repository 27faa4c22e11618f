/** Holds: what no sweep may touch, on whose word and until when. */
export const holds = `
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
`
