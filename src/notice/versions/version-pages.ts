import { versionInForce } from '../../policy/version-in-force.ts'
import type { NoticeFile, VersionRecord, Versions } from '../../records.ts'
import { countDifferences, differencesOf } from '../difference/difference.ts'
import { htmlStyle } from '../html-style.ts'
import { atomFeed, standing, xml } from './feed.ts'
import { mustBeWhole } from './stored.ts'

/** A version as `--json` and the index tell it. */
export const versionDocument = (version: VersionRecord, inForce: boolean) => ({
  number: version.number,
  date: version.date,
  effective: version.effective,
  inForce,
  publishedAt: version.publishedAt,
  activatedAt: version.activated?.at ?? null,
  policy: version.policy,
  meaning: version.meaning,
  notice: version.notice,
  counts: countDifferences(differencesOf(version)),
  differences: differencesOf(version),
  asks: version.asks,
  shown: version.shown.map(({ by, place, at, sha256, evidence }) => ({ by, place, at, sha256, evidence })),
  evidence: { published: version.evidence, activated: version.activated?.evidence ?? null },
})

const pageOf = (version: VersionRecord, files: readonly NoticeFile[]): string => {
  const page = files.find(({ mediaType }) => mediaType.startsWith('text/html')) ?? files[0]
  return page === undefined ? `${version.date}/` : `${version.date}/${page.path}`
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

/** What the index adds to the style of the notices it lists. */
const indexStyle = `
main > ol { padding-inline-start: 1.5rem }
main > ol > li { margin: 1rem 0; padding: .5rem .9rem; border-inline-start: 3px solid var(--line) }
li ul { margin: .35rem 0 0; padding-inline-start: 1.1rem }
small { color: var(--quiet) }
`.trim()

const indexPage = (
  controller: string,
  versions: readonly VersionRecord[],
  page: (version: VersionRecord) => string,
): string => {
  const items = versions.toReversed().map((version) => {
    const changes = differencesOf(version).map(
      (one) => `        <li><strong>${one.class}</strong>: ${xml(one.what)} <small>(${xml(one.why)})</small></li>`,
    )
    const list = changes.length === 0 ? '' : `\n      <ul>\n${changes.join('\n')}\n      </ul>`
    return `    <li id="version-${version.date}">
      <a href="${xml(page(version))}">${version.date}</a>, ${standing(version)}${list}
    </li>`
  })
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${xml(controller)}: versions of the privacy notice</title>
  <link rel="alternate" type="application/atom+xml" href="feed.atom" title="Versions">
  <style>
${htmlStyle}
${indexStyle}
  </style>
</head>
<body>
  <main>
  <h1>Versions of the privacy notice of ${xml(controller)}</h1>
  <p><a href="feed.atom">Feed of versions (Atom)</a></p>
  <ol reversed>
${items.join('\n')}
  </ol>
  </main>
</body>
</html>
`
}

/**
 * Every file that goes online: each version's notice under its day, an index with what changed (HTML and JSON) and the
 * feed. Fault `notice.tampered` where a stored version is not as it was published.
 */
export const versionPages = async (controller: string, versions: Versions): Promise<readonly NoticeFile[]> => {
  const known = await versions.versions()
  const inForce = versionInForce(known)?.number
  const files: NoticeFile[] = []
  const pages = new Map<number, string>()
  for (const version of known) {
    const content = await mustBeWhole(versions, version)
    files.push(...content.files.map((file) => ({ ...file, path: `${version.date}/${file.path}` })))
    pages.set(version.number, pageOf(version, content.files))
  }
  const page = (version: VersionRecord): string => pages.get(version.number) ?? `${version.date}/`
  const listed = known.map((version) => ({
    ...versionDocument(version, version.number === inForce),
    page: page(version),
  }))
  return [
    ...files,
    { path: 'index.html', mediaType: 'text/html', text: indexPage(controller, known, page) },
    { path: 'versions.json', mediaType: 'application/json', text: json({ controller, versions: listed }) },
    { path: 'feed.atom', mediaType: 'application/atom+xml', text: atomFeed(controller, known, page) },
  ]
}
