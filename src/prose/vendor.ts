const COMPANY =
  /\b(?:Inc|Ltd|Limited|LLC|GmbH|Corp|Corporation|plc|AG|SE|BV|B\.V|S\.A|SAS|Pty|AB|Oy|A\/S|Technologies|Software|Labs)\b/u
const NOT_NAMES =
  /^(?:privacy|policy|notice|statement|cookie|cookies|data|protection|your|our|the|this|these|terms|legal|personal|information|we|us|you|it|they|california|eu|eea|usa|google|facebook|gdpr|ccpa|if|when|security|children|services?|site|website|customers?|users?|all|any|third|parties|company|please|however|other|some|most|last|updated)$/iu

/** The names a document gives its own company, longest first; empty when it names none. */
export function vendorSpellings(source: string, name: string): string[] {
  const head = source.slice(0, 12_000)
  const names = new Map<string, number>()
  const add = (found: string | undefined, weight: number): void => {
    const clean = (found ?? '')
      .replace(/^(?:At|By|From|For|With|In|We at|Here at|Welcome to)\s+/u, '')
      .replace(/[“”"'’.,()]+$/gu, '')
      .trim()
    if (clean.length < 2 || clean.split(/\s+/u).every((word) => NOT_NAMES.test(word)) || !/^\p{Lu}/u.test(clean)) return
    names.set(clean, (names.get(clean) ?? 0) + weight)
  }
  // Acme Software Ltd ("Acme", "we")
  for (const match of head.matchAll(
    /((?:\p{Lu}[\p{L}\d&.-]{1,30},?\s){1,5})\((?:the |hereinafter |collectively |together )?["“'‘](\p{Lu}?[^"”'’)]{1,40})["”'’,]/gu,
  )) {
    if (
      /\b(?:we|us|our)\b|company/iu.test(head.slice(match.index, match.index + 140)) ||
      COMPANY.test(match[1] ?? '')
    ) {
      add(match[1], 3)
      add(match[2], 2)
    }
  }
  for (const match of head.matchAll(/(?:the|from)\s+([a-z0-9-]{2,40})\.(?:com|org|net|io|de|co|eu)\s+privacy/gu))
    addSpelled(source, match[1] ?? '', names)
  addSpelled(
    source,
    name.replace(/\.[a-z]{1,5}$/iu, '').replace(/[-_ ]?(?:privacy|policy|notice|statement)[-_ ]?/giu, ''),
    names,
  )
  for (const match of source
    .slice(0, 200_000)
    .matchAll(
      /(?:^|[.;:]\s|\n)(\p{Lu}[\p{L}\d-]{2,30})(?:’s|'s)?\s(?:may|will|collects|uses|does not|reserves|respects|is committed|takes|shares|adheres|does)\b/gu,
    )) {
    if (!NOT_NAMES.test(match[1] ?? '')) add(match[1], 1)
  }
  // The first headings carry the name: "Acme Inc.", "Privacy Policy | Acme".
  for (const line of head
    .split('\n')
    .filter((each) => each.trim() !== '')
    .slice(0, 4)) {
    if (line.length > 90) continue
    for (const part of line.replace(/^[#>*_\s]+/u, '').split(/\s[|–—-]\s|:/u)) {
      const bare = part
        .replace(/\b(?:online |website |customer )?(?:privacy|cookie|data protection)\b.*$/iu, '')
        .replace(/\b(?:Inc|Ltd|LLC|GmbH|plc|AG|Limited|Corp)\b\.?/gu, '')
        .replace(/^(?:The|Our|Your)\s/u, '')
        .trim()
      const times = bare.length > 2 && bare.split(' ').length <= 3 ? head.split(bare).length - 1 : 0
      if (times >= 3) add(bare, 2)
    }
  }
  const kept = [...names].filter(([, weight]) => weight >= 2).map(([found]) => found)
  return [...new Set(kept)].sort((left, right) => right.length - left.length).slice(0, 12)
}

/** The names a document gives its own company, as one expression; undefined when it names none. */
export function vendorNames(source: string, name: string): RegExp | undefined {
  const forms = vendorSpellings(source, name)
  if (forms.length === 0) return undefined
  const body = forms.map((form) => form.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&').replace(/\s+/gu, '\\s+')).join('|')
  return new RegExp(
    `(?<![@\\w./-])(?:the\\s+)?(?:${body})(?:,?\\s+(?:Technologies|Software|Labs|Group))?(?:,?\\s+(?:Inc|Ltd|Limited|LLC|GmbH|Corp|plc)\\b\\.?)?(?:['’]s)?(?![\\w@-]|\\.\\w)`,
    'gu',
  )
}

/** The way a lower-case name (of a file, of a host) is spelled inside the text. */
function addSpelled(source: string, name: string, names: Map<string, number>): void {
  const letters = name.toLowerCase().replace(/[^a-z0-9]/gu, '')
  if (letters.length < 3 || letters.length > 40) return
  const spelled = new RegExp(`\\b${[...letters].join('[ -]?')}\\b`, 'giu')
  for (const match of source.slice(0, 20_000).matchAll(spelled)) {
    if (/^\p{Lu}/u.test(match[0])) names.set(match[0], (names.get(match[0]) ?? 0) + 2)
  }
}
