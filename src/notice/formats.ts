import type { Plan } from '../policy/plan.ts'
import type { NoticeFile } from '../records.ts'
import { htmlOf } from './html.ts'
import { markdownOf } from './markdown.ts'
import type { Notice } from './notice.ts'

/** Formats of a notice, in the order in which they are written. */
export const formats = ['html', 'markdown', 'json'] as const

export type Format = (typeof formats)[number]

const writers: Readonly<
  Record<Format, readonly [ending: string, mediaType: string, write: (notice: Notice) => string]>
> = {
  html: ['html', 'text/html', htmlOf],
  markdown: ['md', 'text/markdown', markdownOf],
  json: ['json', 'application/json', (notice) => `${JSON.stringify(notice, null, 2)}\n`],
}

/** A notice in one format, as the file `notice.LANGUAGE.ENDING`. The same notice gives the same bytes. */
export const noticeFile = (notice: Notice, format: Format): NoticeFile => {
  const [ending, mediaType, write] = writers[format]
  return { path: `notice.${notice.language}.${ending}`, mediaType, text: write(notice) }
}

/** Ids of the commitments that a gate carries out: none where no store is mapped, as there is nothing to carry them out on. */
export const enforcedIn = ({ stores, commitments }: Plan): ReadonlySet<string> =>
  new Set(stores.length === 0 ? [] : commitments.filter(({ enforced }) => enforced).map(({ id }) => id))
