/** An identity that is searched for; `id` is what a hit names, the value is never given back. */
export interface SoughtIdentity {
  readonly id: string
  /** email, phone, name, login, id, national-id, ip, mac, date, address; anything else is searched as text. */
  readonly kind: string
  readonly value: string
  /** Whether it links records by itself; not used here, handed on by the caller. */
  readonly strong: boolean
}

/** An identity that is not searched for, and why. */
export interface NotSearched {
  readonly identity: string
  readonly reason: 'too short' | 'empty' | 'too long'
}

const LONGEST_VALUE = 1_000

/** Why a value would match too much, or nothing: ids below five characters, words below three, phones below seven digits. */
export function unsearchable(identity: SoughtIdentity): NotSearched['reason'] | undefined {
  const value = identity.value.trim()
  const marks = [...value.normalize('NFC').replace(/[^\p{L}\p{N}]/gu, '')]
  if (marks.length === 0) return 'empty'
  if (value.length > LONGEST_VALUE) return 'too long'
  const ideographs = marks.filter((mark) =>
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(mark),
  )
  const weight = marks.length + ideographs.length
  if (identity.kind === 'phone') return value.replace(/\D/g, '').length < 7 ? 'too short' : undefined
  if (identity.kind === 'id') return weight < 5 ? 'too short' : undefined
  return weight < 3 || (/^\d+$/.test(value) && value.length < 5) ? 'too short' : undefined
}
