/** Messages of one instant stay in the order in which they came. */
export const order = `
  ALTER TABLE kept.case_message ADD number bigint GENERATED ALWAYS AS IDENTITY;
`
