import type { Understood } from '../read-meanings.ts'
import { cut } from '../shown.ts'
import { findActivities } from './activities.ts'
import { servingWork } from './company-names.ts'
import {
  findAges,
  findConditions,
  findContacts,
  findExceptions,
  findFrameworks,
  findPlaces,
  findTerms,
} from './find-circumstances.ts'
import { findData } from './find-data.ts'
import { findPurposes, purposeTerm } from './find-purposes.ts'
import { findRecipients } from './find-recipients.ts'
import { findImplied, inherit, type Surroundings } from './given.ts'
import { impliedPurposes } from './implied.ts'
import { ABOUT_DATA, ABOUT_PURPOSES, ABOUT_RECIPIENTS, ADDS_TO_ACT, PURPOSE_IN_ACT } from './labels-of-slots.ts'
import { findMessages, findStopping, findTopic } from './mail-purposes.ts'
import { singular } from './noun-phrase.ts'
import { findPersons, findTouchpoints } from './person-words.ts'
import { findFee, findProtection } from './protection.ts'
import { purposeName } from './purpose-name.ts'
import { type Slots, type SlotValue, small, valueAt } from './slot.ts'

export const emptySlots: Slots = {
  data: [],
  purposes: [],
  recipients: [],
  persons: [],
  touchpoint: [],
  condition: [],
  exception: [],
  term: [],
  age: [],
  framework: [],
  contact: [],
  place: [],
}

/** A longer sentence is read only this far: no real one is half as long, and time stays bounded on hostile input. */
const LONGEST = 6000

/** Fills the slots of a sentence; an item takes from its lead-in what it does not say itself, an anaphor from what it refers to. */
export function findSlots(whole: Understood, around: Surroundings): Slots {
  const understood = shortened(whole)
  const { sentence, label, meaning, disposition } = understood
  if (meaning === undefined || (disposition === 'not-a-promise' && label === 'none'))
    return meaning === undefined ? emptySlots : { ...emptySlots, contact: findContacts(sentence.shown) }
  const shown = sentence.shown
  // A bold label at the front names the subject and says nothing of it.
  const text = ' '.repeat(sentence.runIn) + small(shown.text).slice(sentence.runIn)
  const idle = disposition === 'not-a-promise' && (label === 'cookies-beacons' || label === 'third-party-links')
  const informs =
    disposition === 'not-a-promise' && (label === 'transfer' || label === 'social-features' || label === 'opt-out')
  return {
    data: ABOUT_DATA.has(label) && !idle && !informs ? findData(understood, text, around) : [],
    purposes: idle ? [] : purposesOf(understood, text, around),
    recipients:
      ABOUT_RECIPIENTS.has(label) && !(informs && label === 'transfer') && !(idle && label === 'cookies-beacons')
        ? findRecipients(understood, text, around)
        : [],
    persons: findPersons(shown, label, meaning.features),
    touchpoint: findTouchpoints(shown),
    condition: findConditions(shown),
    exception: findExceptions(shown),
    term: findTerms(shown),
    age: findAges(shown),
    framework: findFrameworks(shown),
    contact: findContacts(shown),
    place: findPlaces(shown),
  }
}

function shortened(understood: Understood): Understood {
  const { sentence } = understood
  const shown = sentence.shown.text.length > LONGEST ? cut(sentence.shown, 0, LONGEST) : undefined
  return shown === undefined ? understood : { ...understood, sentence: { ...sentence, shown } }
}

function purposesOf(understood: Understood, text: string, around: Surroundings): SlotValue[] {
  const { sentence, label } = understood
  const item = sentence.leadIn !== undefined
  const shown = sentence.shown
  if (label === 'security') return findProtection(shown, text)
  if (label === 'fees-deadlines-explanations') return findFee(shown, text)
  if (label === 'opt-out' || label === 'marketing') {
    const mail = label === 'opt-out' ? findStopping(shown, text) : findTopic(shown, text)
    if (mail.length > 0) return mail
  }
  const byAct = PURPOSE_IN_ACT.has(label) || (label === 'disclosure' && /merge|acqui|diligence|bankrupt/u.test(text))
  const messages = label === 'mandatory-communication' ? findMessages(shown, text, item) : []
  const doings = label === 'collection' ? findActivities(shown, text) : messages
  const told = doings.length > 0 ? doings : byAct ? findImplied(shown, text, label, impliedPurposes) : []
  const said =
    ABOUT_PURPOSES.has(label) && !(label === 'collection' && item)
      ? findPurposes(shown, text, item, label === 'use-purpose')
      : []
  if (told.length > 0) return ADDS_TO_ACT.has(label) ? apart(told, said) : told
  if (sentence.opensList && said.length > 0 && /:\W*$/u.test(text))
    return said.filter((value) => value.end < (shown.to.at(-1) ?? 0) - 2)
  if (said.length > 0 && label === 'legal-disclosure')
    return apart(said, findImplied(shown, text, label, impliedPurposes))
  if (said.length > 0) return said
  const work = label === 'processors' && told.length === 0 ? servingWork(shown.text) : undefined
  if (work !== undefined) {
    const name = purposeName(text.slice(...work).replace(/^\p{L}+/u, singular))
    if (name !== '') return [valueAt(shown, work[0], work[1], name, purposeTerm(name))]
  }
  const meant = findImplied(shown, text, label, impliedPurposes)
  return meant.length > 0
    ? meant
    : around.leadIn !== undefined && label === 'use-purpose' && around.leadIn.slots.purposes.length > 0
      ? inherit(around.leadIn, 'purposes')
      : []
}

/** Both, where the second does not stand inside the first. */
function apart(one: readonly SlotValue[], other: readonly SlotValue[]): SlotValue[] {
  return [...one, ...other.filter((value) => !one.some((first) => value.start < first.end && first.start < value.end))]
}
