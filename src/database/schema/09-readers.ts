/** Others who read the log from where they left off. */
export const readers = `
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
`
