import type { Label } from '../labels.ts'
import { phraseStart } from './noun-phrase.ts'
import { BOUNDARY_WORDS } from './words.ts'

/** Personal data spoken of at large, and the name for it. */
export interface Mention {
  readonly start: number
  readonly end: number
  readonly name: string
}

const NAMES = [
  'personal information',
  'personal data',
  'personally identifiable information',
  'personally identifying information',
  'personally-identifiable information',
  'personal details',
] as const

const MENTION =
  /(?<![\p{L}-])(?:(?:your|any|the|certain|other|all|such|this|that|these|some of the|collected|individual|non-public|own|following|same|requested|sensitive|confidential|private) )*(?:personal(?:ly)?(?:[- ]identif\p{L}+)? (?:data|information|details)|(?:information|data|pii)(?! (?:security|protection|controllers?|subjects?|cent(?:er|re)s?|retention|practices|technolog\p{L}+|systems?|transfers?|breach\p{L}*|process\p{L}+|integrity|portability|officers?|commissioner\p{L}*|storage|handling|management|request\p{L}*|rights?|privacy|governance|polic(?:y|ies)|laws?)\b)|your (?:own )?details)(?![\p{L}-])/gu

/** What a document calls personal data most: the name for every general mention of it. */
export function generalName(text: string): string {
  const form = text.toLowerCase().replace(/\s+/gu, ' ')
  const counts = NAMES.map((name) => ({ name, times: form.split(name).length }))
  return counts.reduce((best, each) => (each.times > best.times ? each : best)).name
}

/** The first mention of personal data at large in a sentence. */
export function generalMention(
  text: string,
  label: Label,
  features: ReadonlySet<string>,
  called: string,
): Mention | undefined {
  const found = [...text.slice(0, 3000).matchAll(MENTION)].find((each) => standsAlone(text, each))
  if (found === undefined) return undefined
  const end = found.index + found[0].length
  return { start: found.index, end, name: nameOf(found[0], text.slice(end, end + 140), label, features, called) }
}

/** "usage data" is a kind of its own; "more information" is to read. */
function standsAlone(text: string, found: RegExpExecArray): boolean {
  const before = text.slice(Math.max(0, found.index - 12), found.index)
  if (/\b(?:more|further|additional|contact) $/u.test(before)) return false
  return BOUNDARY_WORDS.has(/^\p{L}+/u.exec(found[0])?.[0] ?? '') || phraseStart(text, found.index) === found.index
}

function nameOf(words: string, after: string, label: Label, features: ReadonlySet<string>, called: string): string {
  const said = NAMES.find((name) => words.includes(name))
  if (label === 'children')
    return features.has('modality:does-not') ? anyOr(words, after, said ?? called) : `${said ?? called} of a child`
  if (label === 'public-area') return `${said ?? called} in posts`
  const told = TOLD.map(([find, name]) => (find.test(after) ? name : '')).find((name) => name !== '')
  if (told !== undefined) return told.replace('*', said ?? (words.includes('data') ? 'data' : 'information'))
  return anyOr(words, after, said ?? called)
}

function anyOr(words: string, after: string, name: string): string {
  if (!/^any (?:information|data)/u.test(words)) return name
  return /^ (?:that )?(?:we|you) /u.test(after) ? 'any information collected or submitted' : words.trim()
}

/** What right after a mention narrows it down: [after, name]; `*` is the mention's own words. */
const TOLD: readonly (readonly [RegExp, string])[] = [
  [
    /^ (?:about you )?(?:that |which )?we (?:have )?collect\p{L}* (?:about you )?(?:or|and) (?:that |which )?you (?:have )?(?:submit|provide)/u,
    'any information collected or submitted',
  ],
  [/^ (?:that |which )?(?:you have |is |are )?volunteered/u, '* volunteered'],
  [/^ (?:that )?(?:we )?(?:knowingly )?collect(?:ed)? directly/u, '* collected directly'],
  [/^ under our control/u, '* under control'],
  [/^ (?:that is |which is )?(?:originating|coming) (?:in|from) (?:the )?(?:eea|eu|european)/u, '* from the EEA'],
  [/^ exchanged between .{0,40}other companies/u, '* exchanged with other companies'],
]
