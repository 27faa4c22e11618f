/** What a chunk of people lost in one table stands in one row; each request has its share of the hashes, in order. */
export const shares = `
  ALTER TABLE kept.erased ALTER request DROP NOT NULL, ADD COLUMN shares jsonb,
    ADD CHECK (num_nonnulls(request, shares) = 1);
`
