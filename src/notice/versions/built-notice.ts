import { buildNotice } from '../build.ts'
import { enforcedIn, formats, noticeFile } from '../formats.ts'
import { languages, wordsForPolicy, wordsOf } from '../words.ts'
import type { BuildNotice } from './notice-files.ts'

/** The notice as a version publishes it: every format in every language that comes with Kept. */
export const builtNotice: BuildNotice = ({ policy, plan, history }) => {
  const changed = history.filter(({ changes }) => changes.length > 0)
  const told = changed.map(({ effective, changes }) => ({
    date: effective,
    changes: changes.map(({ commitment, change, what, class: effect }) => ({
      commitment,
      change,
      // Differences are told in English.
      text: what,
      language: 'en',
      effect,
    })),
  }))
  const input = { policy: policy.located.value, enforced: enforcedIn(plan), history: told }
  return languages.flatMap((language) => {
    const notice = buildNotice(input, wordsForPolicy(wordsOf(language), policy.file))
    return formats.map((format) => noticeFile(notice, format))
  })
}
