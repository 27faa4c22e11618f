import { type FoundColumn, type FoundReference, SURE_ENOUGH } from './discovery.ts'
import type { LookedColumn, LookedTable } from './look.ts'
import { leadsToPerson, nameSays, namesMany, namesMessageId, namesThings, textName } from './name-rules.ts'
import { byCodec, byValues, type Finding } from './value-findings.ts'
import type { ValueKind } from './value-tests.ts'

/** What is known of a column from outside it. */
export interface Context {
  readonly reference?: FoundReference
  /** A declared reference to a table that holds no people. */
  readonly elsewhere: boolean
  /** Rows of the table are people, or lead to people. */
  readonly nearPeople: boolean
  /** How many different sampled values hold an account or address that people of this store have. */
  readonly known: number
}

const none = (why: string, sure = 0.8): Finding => ({ category: 'none', sure, why })

function byText({ words, profile, isText }: LookedColumn, nearPeople: boolean): Finding | undefined {
  if (!isText) return undefined
  const named = textName(words)
  const seen = `of ${profile.distinct} different sampled values`
  if (profile.contact > 0 && profile.contact >= Math.min(2, profile.distinct * 0.02)) {
    const sure = named > 0 || profile.prose > profile.distinct * 0.3 ? 0.88 : 0.66
    return { category: 'message', sure, why: `${profile.contact} ${seen} hold contact data or names of people` }
  }
  const [mostKey] = [...profile.keys].sort((one, other) => other[1] - one[1])
  if (mostKey !== undefined)
    return { category: mostKey[0], sure: 0.7, why: `keys inside ${mostKey[1]} ${seen} name it` }
  if (profile.large > 0 && named > 0)
    return { category: 'message', sure: 0.6, why: `${profile.large} cells were too large to be read` }
  const prose = profile.prose > Math.max(1, profile.distinct * 0.4)
  if (named === 2)
    return {
      category: 'message',
      sure: prose || profile.distinct === 0 ? 0.75 : 0.55,
      why: prose ? `${profile.prose} ${seen} are text that people write` : 'its name says that people write into it',
    }
  if (named === 1 && nearPeople)
    return {
      category: 'message',
      sure: profile.distinct === 0 ? 0.55 : prose ? 0.68 : 0.5,
      why: prose
        ? `${profile.prose} ${seen} are text, in rows that lead to people`
        : 'text by its name, in rows that lead to people',
    }
  return prose && nearPeople && profile.longest > 60 && profile.distinct > 3
    ? { category: 'message', sure: 0.58, why: `${profile.prose} ${seen} are text, in rows that lead to people` }
    : undefined
}

/** Values that cannot be what the name promises take its word away. */
function contradicted(finding: Finding, { live, profile, isText, isTime }: LookedColumn): boolean {
  const { distinct, kinds } = profile
  const share = (kind: ValueKind): number => (kinds.get(kind) ?? 0) / Math.max(1, distinct)
  if (live.base === 'bool') return true
  if (isTime && finding.category !== 'date-of-birth') return true
  if (
    /^(int[248]|numeric|float[48])$/.test(live.base) &&
    /^(email|name|login|address|message|credential|ip-address|mac-address|session|profile|picture|device)$/.test(
      finding.category,
    )
  )
    return true
  if (!isText || distinct < 3) return false
  if (finding.category === 'email') return share('email') === 0
  if (finding.category === 'ip-address') return share('ip-address') === 0 && share('integer') < 0.5 && profile.words > 0
  if (finding.category === 'name')
    return share('integer') > 0.9 || profile.files > distinct * 0.8 || share('hash') > 0.5
  if (finding.category === 'login') return share('uuid') > 0.5 || share('date') > 0.5
  return false
}

function byName(column: LookedColumn, table: LookedTable, context: Context): Finding | undefined {
  const { words, isText, isTime, live, profile } = column
  const phrase = words.join(' ')
  const commented = live.comment === undefined ? undefined : nameSays(commentWords(live.comment))
  const says = nameSays(words)
  const isThing = namesThings(table.words) && !((profile.kinds.get('name') ?? 0) > 0)
  if (says !== undefined && !(isThing && /^(display|full) name$/.test(phrase))) {
    const raised = table.people >= 0.6 || context.nearPeople ? 0.04 : says.sure < 0.8 ? -0.08 : 0
    return { ...says, sure: Math.min(0.97, says.sure + raised), why: `its name says ${says.category}` }
  }
  if (table.people >= 0.6 && isText && !isTime) {
    if (/^(name|cn|sn|label|common name)$/.test(phrase))
      return { category: 'name', sure: 0.85, why: 'the name of a row of people' }
    if (/^(code|cvv)$/.test(phrase)) return undefined
    if (/^(uid|user|account)$/.test(phrase))
      return { category: 'login', sure: 0.75, why: 'names the account of a person' }
    if (/^(city|state|country|location|place|l)$/.test(phrase))
      return { category: 'address', sure: 0.72, why: 'a place, in a row of people' }
    if (/^(organization|department|job|title|position|function|o|ou|website|url|homepage|about|profile)$/.test(phrase))
      return { category: 'profile', sure: 0.66, why: 'tells of a person, in a row of people' }
  }
  const tableName = table.words.join(' ')
  if (/\b(card|bank)\b/.test(tableName) && /^(number|code|holder|name|cvv|expiry)$/.test(phrase))
    return { category: 'payment', sure: 0.66, why: 'a part of a card or an account, by the name of its table' }
  if (table.words.at(-1) === 'session' && isText && /^(id|key|value|payload|data|session|content)$/.test(phrase))
    return { category: 'session', sure: 0.66, why: 'a part of a session, by the name of its table' }
  if (/^(city)$/.test(phrase)) return { category: 'address', sure: 0.62, why: 'its name says a place' }
  if (/^state$/.test(phrase) && table.columns.some((one) => /^(city|street|postcode)$/.test(one.words.join(' '))))
    return { category: 'address', sure: 0.7, why: 'a part of an address, beside others' }
  if (
    /^(house|house number|country)$/.test(phrase) &&
    table.columns.some((one) => /^(street|city|postcode)$/.test(one.words.join(' ')))
  )
    return { category: 'address', sure: 0.7, why: 'a part of an address, beside others' }
  if (
    isText &&
    leadsToPerson(words) &&
    context.reference === undefined &&
    !context.elsewhere &&
    words.at(-1) !== 'id'
  ) {
    const texts = (profile.kinds.get('integer') ?? 0) < profile.distinct * 0.5
    return { category: texts ? 'login' : 'identifier', sure: 0.66, why: 'its name says a person in a role' }
  }
  return commented === undefined
    ? undefined
    : { ...commented, sure: Math.min(0.72, commented.sure), why: `its comment says ${commented.category}` }
}

const commentWords = (comment: string): readonly string[] =>
  comment
    .toLowerCase()
    .slice(0, 200)
    .split(/[^\p{L}-]+/u)
    .map((word) => word.replace('e-mail', 'email'))
    .filter((word) => word !== '')
    .slice(0, 6)

const isMade = ({ live }: LookedColumn): boolean =>
  live.base === 'bool' || /^_?(oid|regclass|interval)$/.test(live.base)

/** Decides one column: references first, then what its values are, then what its name and its text say. */
export function classify(
  column: LookedColumn,
  table: LookedTable,
  context: Context,
  codec: string | undefined,
): FoundColumn {
  const { live, profile, words, isTime } = column
  const finding = (): Finding => {
    if (context.reference !== undefined && context.reference.sure >= 0.5)
      return {
        category: 'identifier',
        sure: context.reference.sure,
        why: `leads to ${context.reference.to.table}: ${context.reference.why}`,
      }
    const isKey = table.live.key.length === 1 && table.live.key[0] === live.name
    const name = byName(column, table, context)
    if (isKey && table.people >= 0.6 && (name === undefined || name.category === 'identifier'))
      return { category: 'identifier', sure: table.people, why: 'the key of a row of people' }
    if (context.elsewhere) return none('refers to a table that holds no people')
    if (namesMessageId(words)) return none('the id of a message')
    if (isMade(column)) return none(`a ${live.base} tells of nobody by itself`)
    const values = byValues(profile)
    const said = name !== undefined && !contradicted(name, column) ? name : undefined
    const container = byCodec(codec)
    if (container !== undefined) return container
    if (values !== undefined && (said === undefined || values.sure > 0.72)) {
      // A name sure of something narrower keeps its word: a national number also is digits.
      const agrees = said !== undefined && (said.category === values.category || said.sure > values.sure)
      return agrees
        ? {
            category: said.category,
            sure: Math.min(0.99, Math.max(said.sure, values.sure) + 0.02),
            why: `${said.why}; ${values.why}`,
          }
        : values
    }
    if (said !== undefined && said.category !== 'message') {
      const checked =
        profile.distinct > 0
          ? ` (${profile.distinct} different values of ${profile.sampled} sampled)`
          : ' (no value to look at)'
      return { ...said, why: `${said.why}${checked}` }
    }
    if (live.base === 'inet' || live.base === 'cidr')
      return { category: 'ip-address', sure: 0.8, why: `its type is ${live.base}` }
    if (/^macaddr8?$/.test(live.base)) return { category: 'mac-address', sure: 0.8, why: `its type is ${live.base}` }
    if (profile.givenNames > Math.max(3, profile.distinct * 0.3))
      return {
        category: 'name',
        sure: 0.7,
        why: `${profile.givenNames} of ${profile.distinct} different sampled values are given names`,
      }
    if (context.known >= 2 && context.known >= profile.distinct * 0.1) {
      const prose = profile.prose > profile.distinct * 0.3 || textName(words) > 0
      return {
        category: prose ? 'message' : 'login',
        sure: prose ? 0.8 : 0.7,
        why: `${context.known} of ${profile.distinct} different sampled values hold an account or address of people in this store`,
      }
    }
    const text = byText(column, context.nearPeople)
    if (text !== undefined) return text
    const isCount = /^int[248]$/.test(live.base) && namesMany(live.name)
    if (!isTime && !isCount && column.isKeyLike && leadsToPerson(words) && !isKey && words.length > 0)
      return {
        category: 'identifier',
        sure: 0.55,
        why: 'its name leads to people; no table of people was found for it',
      }
    return none(
      profile.distinct > 0
        ? `nothing personal in ${profile.sampled} sampled values`
        : 'nothing in its name; no value to look at',
      profile.distinct > 0 ? 0.8 : 0.5,
    )
  }
  const { category, sure, why } = finding()
  return {
    column: live.name,
    category: sure >= SURE_ENOUGH ? category : 'none',
    sure: Math.round(sure * 100) / 100,
    why: sure >= SURE_ENOUGH || category === 'none' ? why : `perhaps ${category}: ${why}`,
  }
}
