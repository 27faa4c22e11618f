/** What people are written of a new version (GDPR art. 13(3), WP260 rev.01): from when, what changes for them, where it stands. */
import type { VersionRecord } from '../../records.ts'
import { differencesOf } from '../difference/difference.ts'
import { dateShown } from '../time-words.ts'
import { type languages, wordsOf } from '../words.ts'

/** More would not be read; the page has them all. */
const mostChanges = 20

/** Subject and text of the letter in a language that comes with Kept. `page`: where the version stands. */
export const changeLetter = (
  version: VersionRecord,
  controller: string,
  page: string,
  language: (typeof languages)[number],
): { readonly subject: string; readonly text: string } => {
  const words = wordsOf(language)
  const values: Readonly<Record<string, string>> = {
    name: controller,
    date: dateShown(version.date, words),
    day: dateShown(version.effective, words),
    page,
  }
  const say = (key: string): string =>
    (words.letter[key] ?? '').replace(/\{([a-z]+)\}/gu, (_whole, name: string) => values[name] ?? '')
  const changes = differencesOf(version).filter((one) => one.class !== 'neutral')
  // Differences are told in English.
  const list = language === 'en' ? changes.slice(0, mostChanges).map(({ what }) => `- ${what}`) : []
  return {
    subject: say('subject'),
    text: [
      say('hello'),
      `${say('opening')} ${say('effective')}`,
      ...(list.length === 0 ? [] : [[say('changes'), ...list].join('\n')]),
      say('read'),
      say('rights'),
      say('why'),
      controller,
    ].join('\n\n'),
  }
}
