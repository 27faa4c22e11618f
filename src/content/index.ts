/** What one cell holds: found, rewritten, read. Used by the execution of an erasure and by exports, never by their proof. */
export { compileMentionRedactor, excerpt, LONGEST_LINE } from './beside.ts'
export { type Codec, parseCodec } from './codecs.ts'
export { type Identifier, identifierPatterns, loosePattern } from './identifier.ts'
export type { CodecName } from './limits.ts'
export { compileRedactor, ERASED, type Redactor } from './redactor.ts'
export { readParts, rewrite } from './rewrite.ts'
