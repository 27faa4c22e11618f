import type { CaseKind } from '../cases.ts'

/** What a mail asks for, guessed from its words: sure only where exactly one kind is named. */
export interface Guess {
  readonly kind: CaseKind
  readonly sure: boolean
  readonly language: 'en' | 'de'
}

// Stems of whole phrases: a phrase that also stands in other mail would open cases that nobody asked for.
const phrases: readonly (readonly [CaseKind, readonly string[]])[] = [
  [
    'access',
    [
      'copy of my data',
      'copy of my personal data',
      'access my data',
      'access to my data',
      'subject access request',
      'what data you hold about me',
      'what data do you have about me',
      'article 15',
      'art. 15',
      'auskunft',
      'kopie meiner daten',
      'welche daten sie über mich',
    ],
  ],
  [
    'portability',
    ['data portability', 'port my data', 'article 20', 'art. 20', 'datenübertragbarkeit', 'datenübertragung'],
  ],
  ['correction', ['correct my', 'rectif', 'article 16', 'art. 16', 'berichtig', 'meine daten korrigieren']],
  [
    'erasure',
    [
      'delete my',
      'erase my',
      'erasure',
      'right to be forgotten',
      'remove my data',
      'remove all my data',
      'article 17',
      'art. 17',
      'löschen sie',
      'lösch',
      'gelöscht',
      'vergessenwerden',
    ],
  ],
  [
    'restriction',
    ['restrict the processing', 'restriction of processing', 'article 18', 'art. 18', 'einschränkung der verarbeitung'],
  ],
  ['objection', ['i object', 'object to', 'article 21', 'art. 21', 'widersprech', 'widerspruch']],
  [
    'withdrawal',
    [
      'withdraw my consent',
      'revoke my consent',
      'einwilligung widerruf',
      'widerrufe meine einwilligung',
      'unsubscribe me',
      'stop sending me',
    ],
  ],
  [
    'automated-decision',
    ['automated decision', 'article 22', 'art. 22', 'automatisierte entscheidung', 'automatisierten entscheidung'],
  ],
  ['marketing-disclosures', ['shine the light', '1798.83', 'direct marketing purposes']],
  ['opt-out', ['do not sell', "don't sell", 'opt out of the sale', 'opt-out of the sale', 'nicht verkaufen']],
  ['complaint', ['complaint', 'i want to complain', 'beschwer']],
]

const germanWords = new Set(
  'ich und bitte sie meine mein ihre nicht der die das daten guten tag hallo mit freundlichen grüßen'.split(' '),
)

/** Guesses from subject and text; quoted lines of an answered mail say nothing. Never carries anything out. */
export function guessKind(subject: string, text: string): Guess {
  const own = text
    .slice(0, 20_000)
    .split('\n')
    .filter((line) => !line.startsWith('>'))
    .join(' ')
  const said = `${subject.slice(0, 500)} ${own}`.toLowerCase().replaceAll(/\s+/g, ' ')
  const named = phrases.filter(([, words]) => words.some((word) => said.includes(word))).map(([kind]) => kind)
  const [first = 'question'] = named
  return { kind: first, sure: named.length === 1, language: languageOf(said) }
}

function languageOf(said: string): Guess['language'] {
  const words = said.split(/[^\p{L}]+/u).slice(0, 2000)
  const german = words.filter((word) => germanWords.has(word)).length
  return german * 10 > words.length && german > 1 ? 'de' : 'en'
}
