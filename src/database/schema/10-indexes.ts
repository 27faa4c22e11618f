/**
 * No index of requests begins with the controller, which nearly all of them share: a server that has not counted
 * the rows yet would look there, and read them all.
 */
export const indexes = `
  ALTER TABLE kept.request DROP CONSTRAINT request_pkey, ADD PRIMARY KEY (id, controller);
  DROP INDEX kept.request_by_age;
  CREATE INDEX request_by_age ON kept.request (created_at DESC, id DESC, controller);
  ALTER TABLE kept.request SET (toast_tuple_target = 1024);
`
