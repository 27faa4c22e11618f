/** Versions of the policy and its notice, and what happened to them; neither is ever changed. */
export const versions = `
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
`
