import { hash } from 'node:crypto'
import type { VersionRecord } from '../../records.ts'
import { differencesOf } from '../difference/difference.ts'

/** Text inside XML: what no XML may hold is left out, the rest is spelled safely. */
export const xml = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

/** A stable name of a thing (RFC 9562, version 8): the same for the same words. */
const uuid = (...words: readonly string[]): string => {
  const bytes = hash('sha256', JSON.stringify(words), 'buffer').subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** When it is or will be in force, in words. */
export const standing = ({ activated, effective }: VersionRecord): string =>
  activated === undefined
    ? `takes effect on ${effective} at the earliest`
    : `in force since ${activated.at.slice(0, 10)}`

const summary = (version: VersionRecord): string => {
  const differences = differencesOf(version)
  const told = version.number === 1 ? 'The first version.' : differences.length === 0 ? 'Other words only.' : ''
  const lines = differences.map((one) => `${one.class}: ${one.what}`)
  return [`${standing(version)}.`, told, ...lines].filter((line) => line !== '').join('\n')
}

/**
 * The versions as a feed (Atom, RFC 4287), newest first; links lead to each version's page, relative to the feed.
 * `pageOf`: path of the page of a version.
 */
export const atomFeed = (
  controller: string,
  versions: readonly VersionRecord[],
  pageOf: (version: VersionRecord) => string,
): string => {
  const updated = (version: VersionRecord): string => version.activated?.at ?? version.publishedAt
  const newest = versions.map(updated).sort().at(-1) ?? '1970-01-01T00:00:00Z'
  const entries = versions.toReversed().map(
    (version) => `  <entry>
    <id>${uuid(controller, version.date, version.notice)}</id>
    <title>${xml(`Privacy notice of ${version.date}`)}</title>
    <published>${version.publishedAt}</published>
    <updated>${updated(version)}</updated>
    <link rel="alternate" href="${xml(pageOf(version))}"/>
    <summary>${xml(summary(version))}</summary>
  </entry>`,
  )
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>${uuid(controller)}</id>
  <title>${xml(`Privacy notice of ${controller}: versions`)}</title>
  <author><name>${xml(controller)}</name></author>
  <updated>${newest}</updated>
  <link rel="self" href="feed.atom"/>
${entries.join('\n')}
</feed>
`
}
