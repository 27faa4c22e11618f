import type { Statement } from './statement.ts'

/** True for a sentence on pixels and links in mail that tell who read it: a matter of messages, not of a site. */
export const isMailTracking = ({ features, form }: Statement): boolean =>
  /\b(?:emails?|newsletters?|mailings?|messages)\b/u.test(form) &&
  (features.has('mail-tracking') || /\bopen(?:ed|s|ing)?\b|pixel/u.test(form))
