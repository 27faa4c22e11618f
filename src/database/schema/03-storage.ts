/** Ciphertext and hashes are not tried to be compressed; a request has room for its next version on the same page. */
export const storage = `
  ALTER TABLE kept.request ALTER sealed SET STORAGE EXTERNAL, ALTER wrapped_key SET STORAGE EXTERNAL, SET (fillfactor = 50);
  ALTER TABLE kept.erased ALTER hashes SET STORAGE EXTERNAL;
`
