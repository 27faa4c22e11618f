/** One character in every spelling it takes in stored text: case, NFC and NFD (UAX 15), HTML, JSON, URL, quoted-printable. */

const ACCENTS: readonly (readonly [string, string])[] = [
  ['grave', '\u0300'],
  ['acute', '\u0301'],
  ['circ', '\u0302'],
  ['tilde', '\u0303'],
  ['macr', '\u0304'],
  ['breve', '\u0306'],
  ['dot', '\u0307'],
  ['uml', '\u0308'],
  ['ring', '\u030a'],
  ['dblac', '\u030b'],
  ['caron', '\u030c'],
  ['cedil', '\u0327'],
  ['ogon', '\u0328'],
]

const NAMED =
  'lstrok ł Lstrok Ł dstrok đ Dstrok Đ hstrok ħ Hstrok Ħ tstrok ŧ Tstrok Ŧ oslash ø Oslash Ø aelig æ AElig Æ oelig œ ' +
  'OElig Œ szlig ß eth ð ETH Ð thorn þ THORN Þ imath ı kgreen ĸ eng ŋ ENG Ŋ yen ¥ euro € pound £ cent ¢ sect § copy © ' +
  'reg ® deg ° micro µ para ¶ middot · laquo « raquo » iexcl ¡ iquest ¿ ordf ª ordm º frac12 ½ frac14 ¼ frac34 ¾ ' +
  'times × divide ÷ plusmn ± sup1 ¹ sup2 ² sup3 ³ not ¬ ndash – mdash — lsquo ‘ rsquo ’ sbquo ‚ ldquo “ rdquo ” bdquo „ ' +
  'hellip … bull • trade ™ prime ′ Prime ″ lsaquo ‹ rsaquo › larr ← rarr → uarr ↑ darr ↓ amp & lt < gt > quot " apos \' ' +
  'commat @ period . plus + num # excl ! sol / colon : semi ; comma , lpar ( rpar ) lbrack [ lsqb [ rbrack ] rsqb ] ' +
  'lbrace { rbrace } lowbar _ hyphen ‐ equals = percnt % dollar $ ast * quest ? bsol \\ Tab \t NewLine \n'

/** HTML named characters (HTML Living Standard, 13.5) that occur in people's data, by name. */
export const NAMED_CHARACTERS: ReadonlyMap<string, string> = namedCharacters()

function namedCharacters(): Map<string, string> {
  const names = new Map<string, string>()
  for (const [accent, mark] of ACCENTS) {
    for (const letter of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ') {
      const composed = (letter + mark).normalize('NFC')
      if (composed.length === 1) names.set(letter + accent, composed)
    }
  }
  const pairs = NAMED.split(' ')
  for (let index = 0; index + 1 < pairs.length; index += 2) names.set(pairs[index] ?? '', pairs[index + 1] ?? '')
  names.set('nbsp', '\u00a0').set('shy', '\u00ad').set('ensp', '\u2002').set('emsp', '\u2003').set('thinsp', '\u2009')
  names.set('zwnj', '\u200c').set('zwj', '\u200d').set('lrm', '\u200e').set('rlm', '\u200f')
  return names
}

const NAMES_OF: ReadonlyMap<string, readonly string[]> = namesByCharacter()

function namesByCharacter(): Map<string, string[]> {
  const byCharacter = new Map<string, string[]>()
  for (const [name, character] of NAMED_CHARACTERS) {
    byCharacter.set(character, [...(byCharacter.get(character) ?? []), name])
  }
  return byCharacter
}

const SPECIAL: Readonly<Record<string, string>> = {
  '@': '(?:@|[%=]40|&#64;|&#x40;|&commat;|\\\\u0040|\\uff20)',
  '.': '(?:\\.|%2e|&#46;|&period;)',
  '+': '(?:\\+|[%=]2b|&#43;|&plus;|\\\\u002b)',
  "'": "(?:'{1,2}|\\\\'|\\u2019|\\u02bc|%27|&#0?39;|&#x27;|&apos;|&rsquo;|\\\\u0027|\\\\u2019)",
  '’': "(?:'{1,2}|\\\\'|\\u2019|\\u02bc|%27|&#0?39;|&#x27;|&apos;|&rsquo;|\\\\u0027|\\\\u2019)",
  '&': '(?:&|&amp;|&#38;|%26|\\\\u0026)',
  '/': '(?:\\\\?/|%2f|&#47;|&#x2f;|&sol;)',
  '"': '(?:\\\\?"|""|&quot;|&#34;|%22)',
  '-': '(?:-|\\u2010|\\u2011|%2d|&#45;)',
  ',': '(?:\\\\?,|%2c|&comma;)',
  ';': '(?:\\\\?;|%3b|&semi;)',
  ':': '(?:\\\\?:|%3a|&colon;)',
  '#': '(?:#|%23|&num;)',
  '=': '(?:=|%3d|=3d|&equals;)',
  '<': '(?:<|&lt;|%3c|\\\\u003c)',
  '>': '(?:>|&gt;|%3e|\\\\u003e)',
}

/** Every single character that differs from `character` in case only; Greek final sigma counts as sigma. */
function caseVariants(character: string): readonly string[] {
  const forms = new Set([character])
  for (const seed of [character, character.toUpperCase(), character.toLowerCase()]) {
    for (const form of [seed.toLowerCase(), seed.toUpperCase()]) if ([...form].length === 1) forms.add(form)
  }
  if (forms.has('σ')) forms.add('ς')
  if (forms.has('ß')) forms.add('ẞ')
  return [...forms].sort()
}

function hexBytes(character: string, mark: string): string {
  return [...new TextEncoder().encode(character)].map((byte) => mark + byte.toString(16).padStart(2, '0')).join('')
}

function escapedForms(variants: readonly string[]): readonly string[] {
  const points = variants.map((variant) => variant.codePointAt(0) ?? 0)
  const names = variants.flatMap((variant) => NAMES_OF.get(variant) ?? [])
  const units = variants.map((variant) =>
    Array.from({ length: variant.length }, (_, index) => variant.charCodeAt(index).toString(16).padStart(4, '0')).join(
      '\\\\{1,2}u',
    ),
  )
  return [
    `&#0{0,4}(?:${points.join('|')});`,
    `&#x0{0,4}(?:${points.map((point) => point.toString(16)).join('|')});`,
    ...(names.length > 0 ? [`&(?:${names.join('|')});`] : []),
    `\\\\{1,2}u(?:${units.join('|')})`,
    ...variants.map((variant) => hexBytes(variant, '[%=]')),
  ]
}

const SYNTAX = /[\^$\\.*+?()[\]{}|/]/

/** A regular expression for one character (a code point in NFC) that JavaScript and PostgreSQL read alike. */
export function spell(character: string): string {
  const special = SPECIAL[character]
  if (special !== undefined) return special
  if ((character.codePointAt(0) ?? 0) < 0x80) return SYNTAX.test(character) ? `\\${character}` : character
  const variants = caseVariants(character)
  const forms = [variants.length > 1 ? `[${variants.join('')}]` : (variants[0] ?? '')]
  for (const variant of variants) {
    const apart = variant.normalize('NFD')
    if (apart !== variant)
      forms.push([...apart].map((part) => ((part.codePointAt(0) ?? 0) < 0x80 ? part : mark(part))).join(''))
  }
  if (character === 'ß' || character === 'ẞ') forms.push('ss')
  forms.push(...escapedForms(variants))
  return `(?:${[...new Set(forms)].join('|')})`
}

/** A combining mark, alone or escaped. */
function mark(character: string): string {
  return `(?:${[character, ...escapedForms([character])].join('|')})`
}

/** A word, one expression a character. */
export function spellWord(word: string): readonly string[] {
  return [...word.normalize('NFC')].map(spell)
}
