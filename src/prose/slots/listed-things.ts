import { isDataHead } from './data-heads.ts'
import { dataName } from './data-name.ts'
import { listParts, type Span, singular } from './noun-phrase.ts'
import { BOUNDARY_WORDS, DESCRIBING, VERB_FORMS } from './words.ts'

/** A list of things: of data for sure ("information such as …"), or perhaps ("we record …"), where each part must say so itself. */
export interface ThingList {
  readonly parts: readonly Span[]
  readonly sure: boolean
  /** Where the words that open the list begin; what they stand behind is spelled out by the list. */
  readonly opens: number
}

const EXAMPLES =
  /(?:\b(?:such as|(?<=[\p{L},] )for example,?|namely|(?<=(?:information|data|details|things|records),? )like|(?:may |can |might |will |does )?(?:include|comprise|contain|consist of)|includes|comprises|contains|consists of|including|included are)(?:,? but (?:is |are )?not limited to,?|,? without limitation,?|,? among others?,?)?(?: (?:the following|things like|information such as|one or more of))?:?|\(\s?(?:e\.?g\.?|for example|including|such as|like),?|\bfollowing(?: (?:types?|kinds?|categories) of)?(?: (?:personal|other))?(?: (?:information|data|details))?:)\s+/gu
const ABOUT =
  /\b(?:information|data|details) (?:regarding|about|concerning|relating to|related to|on|as to|derived from) (?!you\b|us\b|we\b|our\b|them\b|him|her\b|it\b|individuals?|users?\b|customers?\b|visitors?\b|children|people|persons?\b|a (?:specific |particular )?(?:individual|person|child|user)|an? (?:identif|individual)|any (?:individual|person)|(?:the|your|any) (?:use|services?|sites?|products?|individual|person)\b|identif|which|what|how)/gu
const OBJECTS =
  /\b(?:collect|record|log|receive|get|gather|obtain|capture|store|track|(?:ask|asked|asking|asks)(?: you)?(?: for| to (?:provide|enter|give us|submit))|need|request|require|provid(?:e|ing)(?: us)?(?: with)?|enter(?:ing)?|submit|give us|giving us|send us|tell us|see|forms? with|shar(?:e|ing)|disclos(?:e|ing)|access|know|learn|process|collecting|recording|using|use|transfer|transmit|retain|keep|keeps|holds|save|saves|read|reads|note|notes|reveal|show|report|reports|supply|transmits|sends(?: us)?|collects|records|logs|receives|stores|tracks|requires|requests|registers?(?= (?:the|your|which|whether)))(?: and (?:store|use|process|record|log|keep|collect))? (?:and )?(?=(?:your|the|its|an?|any|certain|some|users'|their|his|information|data|which|what|how|[\p{L}-]+)\b)/gu

/** What "such as" gives examples of when the things are never data: companies, aims, measures. */
const NEVER_DATA =
  /^(?:part(?:y|ies)|compan(?:y|ies)|providers?|vendors?|partners?|affiliates?|agents?|contractors?|purposes?|measures?|technolog(?:y|ies)|authorit(?:y|ies)|circumstances?|reasons?|cases?|steps?|safeguards?|organi[sz]ations?|entit(?:y|ies)|functions?|tasks?|rights?|laws?|events?|situations?|countries|tools?|people|individuals?|protocols?|encryption|processors?|networks?|violations?|clauses?|behalf|mechanisms?|procedures?|methods?|obligations?|matters?|transactions?|needs?|abuse|requests?|agreements?|regulations?)$/u
/** Things that are no data themselves, yet stand after data ("information from our products such as …"). */
const SELDOM_DATA =
  /^(?:services?|products?|features?|ways?|sites?|websites?|areas?|forums?|platforms?|channels?|means|changes?|messages?|notices?|communications?|emails?|mailings?|offerings?|facilit(?:y|ies)|functionality|apps?|users?|customers?|persons?|participants?|operations?|responsibility|policy|statement|blog|button|terms|devices?|us|you|usage|use)$/u
const DATA_NOUN = /\b(?:information|data|details|identifiers?|metadata|logs?|records?|statistics|metrics)\b/u

/** Lists in a text of what may be data; an item of a list of data is one whole; `ofData`: the sentence is about data it lists. */
export function listedThings(text: string, item: boolean, ofData: boolean): ThingList[] {
  const lists: ThingList[] = []
  const taken: Span[] = []
  const head = text.slice(0, 3000)
  const add = (start: number, end: number, sure: boolean, opens = start): void => {
    if (end - start < 2 || taken.some(([from, to]) => start < to && from < end)) return
    taken.push([start, end])
    lists.push({ parts: listParts(text, start, end), sure, opens })
  }
  for (const open of head.matchAll(EXAMPLES)) {
    const start = open.index + open[0].length
    const end = start + listEnd(text.slice(start), open[0].startsWith('('))
    const clause = clauseBefore(head.slice(0, open.index))
    const of = clause.split(' ').at(-1)?.replace(/["“”]/gu, '') ?? ''
    const told = DATA_NOUN.test(clause)
    if (NEVER_DATA.test(of) || (SELDOM_DATA.test(of) && !told)) taken.push([start, end])
    else add(start, end, told || ofData || isDataHead(singular(of)), open.index)
  }
  for (const open of head.matchAll(ABOUT)) {
    const start = open.index + open[0].length
    add(start, start + listEnd(text.slice(start), false), true)
  }
  if (item && lists.length === 0) {
    const start = /^(?:[-*•\s]+|\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})[.)]\s+)?(?:(?:and|or) )?/u.exec(text)?.[0].length ?? 0
    if (
      !/^(?:when|if|where|by|to|in order|for|that|we|you|they|whether|our|at|through|as|from)\b/u.test(
        text.slice(start),
      )
    )
      add(start, start + listEnd(text.slice(start), false), true)
  }
  for (const open of head.matchAll(OBJECTS)) {
    const start = open.index + open[0].length
    add(start, start + listEnd(text.slice(start), false), false)
  }
  return lists
}

/** The clause whose last noun "such as" gives examples of. */
function clauseBefore(before: string): string {
  const clause = before
    .replace(/[\s,:(]+$/u, '')
    .replace(/\s+(?:that|which|who)\s+(?:may|can|might|will)?\s*$/u, '')
    .split(/[,;:]\s/u)
    .at(-1)
  return (clause ?? '')
    .replace(
      /(?<=\S)\s+(?:that |which )?(?:we|you|they) (?:may |might |can |will |have |automatically )*\p{L}+(?: (?:from|about|to|with|on) (?:you|us|them))?$/u,
      '',
    )
    .replace(/ \([^()]*\)$/u, '')
}

function listEnd(rest: string, bracketed: boolean): number {
  const stop = (
    bracketed
      ? /\)|\betc\b|;/u
      : /[;:](?:\s|$)|\.(?:\s|$)|\betc\b|\(e\.g|,? (?:and|but|or) (?:we|you|they|that|may|can|will|which (?!page|site|link|feature|part)|to|use|share|is|are|might|could|in order|for)\b|, (?:we|you|they|which (?!page|site|link|feature|part)|that|who|in order|to|when|if|as|so|among|by|where|through|may|but|although|while|however|even|unless|except)\b| (?:so that|in order to|when|if|unless|because|although|while|in case|may be|might be|will be|is (?!based)|are (?!based)|can be|to (?:our|help|provide|the|find|improve|us|process|identify|verify|create|make|enable|allow|contact|send|be|use|deliver|complete|register|answer|respond|you|third)|with (?:third|our|those|other|any|us|anyone)|from (?:your|our|third|other|you|and|users|customers|children|individuals|us|any|them|him|her)|for (?:the|our|use|this|these|such|as|purposes|marketing|any|which|that|you|each)|on our (?:web ?)?sites?|by (?:contacting|using|e-?mail|following|the)|via|through|upon|as well as any|among|on (?:your|the) behalf|at the time|without|has|have)\b/u
  ).exec(rest)
  return stop === null ? rest.length : stop.index
}

/** True when the part is one noun phrase: no clause, no verb before it, nothing told about it but "of what". */
export function isBare(words: string): boolean {
  const all = dataName(words).split(' ')
  if (all.length > 7 || /^(?:for|to|us|you|of|in)$/u.test(all.at(-1) ?? '')) return false
  return all.every(
    (word, index) =>
      OF_WHAT.has(word) ||
      (!BOUNDARY_WORDS.has(word) && !(index === 0 && VERB_FORMS.has(word) && !DESCRIBING.has(word))),
  )
}

const OF_WHAT: ReadonlySet<string> = new Set(['of', 'and', 'or', 'each', 'per', 'the', 'a'])

/** True when the part names a thing and no clause, at the length of a name. */
export function namesThing(words: string): boolean {
  if (words.split(' ').length > 12 || !/\p{L}{2}/u.test(words)) return false
  if (words.split('(').length !== words.split(')').length) return false
  if (/^(?:\p{L}+ing (?:the|your|a|an|our)|used|taken|based|then|made|where|via)\b/u.test(words)) return false
  return !/^(?:other|certain|any other|etc|so on|so forth|us|you|more|others|that|it|them|this|these|we|everything|anything|something|one|the like|similar|much more)\b\.?$/u.test(
    words,
  )
}
