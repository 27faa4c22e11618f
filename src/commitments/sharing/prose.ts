import { formReader } from '../reader.ts'
import {
  addressesOf,
  common,
  type DraftOf,
  denies,
  durationOf,
  kept,
  listed,
  type Statement,
  unconditional,
  wordsIn,
} from '../statement.ts'
import { sharingForms } from './vocabulary.ts'

const viewers = {
  'chosen-users':
    /users? you (?:choose|invite|select)|people you (?:choose|invite|follow)|you (?:choose to )?share (?:\w+ )?with|those users|collaborators/u,
  editors: /\beditors?\b/u,
  organisation:
    /(?:members|others|users|people|administrators?) (?:of|in|within) your (?:organi[sz]ation|team|company)/u,
  'registered-users': /registered users|other (?:users|members)|fellow/u,
  anyone: /\b(?:anyone|everyone|public(?:ly)?|internet users|visitors|world)\b/u,
} as const
const powers = {
  view: /\b(?:see|view|read|displayed|visible)\b/u,
  comment: /\bcomment/u,
  mail: /\bemail you|send (?:you )?(?:\w+ )?(?:messages?|emails?)|contact you/u,
  edit: /\bedit/u,
  upload: /\bupload/u,
  'share-onward': /share (?:\w+ ){0,3}(?:outside|with others)|pass on/u,
  invite: /\binvit|give other users rights/u,
} as const

const hidden = (statement: Statement): boolean =>
  /\bnot (?:be )?(?:\w+ ){0,3}(?:shown|displayed|revealed|visible|disclosed|published)|without (?:\w+ )?(?:reveal|show|disclos)|hidden/u.test(
    statement.form,
  )

const removal = (statement: Statement) =>
  /remov|delet|take down/u.test(statement.form)
    ? { ...listed('removal', addressesOf(statement.contact)), ...kept('within', durationOf(statement)) }
    : {}

/** A sentence on what other people see: posts, profiles, shared files, connected programs, other sites. */
const draft: DraftOf = (statement) => {
  const { form, label } = statement
  const data = denies(statement) || hidden(statement) ? listed('hides', statement.data) : listed('data', statement.data)
  const elected = /unless|only if you|elect|choose to (?:show|display|publish)/u.test(form) && hidden(statement)
  const shown = elected ? { ...data, ...listed('elect', statement.data) } : data
  if (
    label === 'third-party-links' &&
    /applications?|services?|apps?\b/u.test(form) &&
    /connect|integrat|authori[sz]e|plug/u.test(form)
  )
    return [
      {
        name: 'applications',
        entry: { is: 'application', to: ['application'], ...data, act: true, ...common(statement) },
      },
    ]
  if (label === 'third-party-links') return [{ name: 'links', entry: { is: 'links', ...unconditional(statement) } }]
  if (label === 'public-area') {
    const forum = /message boards?|forums?|communit/u.test(form) && statement.data.length > 0
    return [
      {
        name: forum ? 'forums' : 'public-areas',
        entry: {
          is: forum ? 'forum' : 'public-area',
          ...listed('to', wordsIn(form, viewers)),
          ...shown,
          ...(/without (?:\w+ ){0,2}reveal|relay|alias/u.test(form) ? { relay: true } : {}),
          ...removal(statement),
          ...unconditional(statement),
        },
      },
    ]
  }
  const profile = /\bprofile\b/u.test(form) && !/files|documents|collaborat/u.test(form)
  const to = wordsIn(form, viewers)
  const relayed = /without (?:\w+ ){0,3}reveal/u.test(form)
  return [
    {
      name: profile || relayed ? 'profile' : to.includes('editors') ? 'editors' : 'collaboration',
      entry: {
        is: profile || relayed ? 'profile' : 'collaboration',
        ...listed('to', to),
        ...shown,
        ...listed('for', statement.purposes),
        ...listed('may', wordsIn(form, powers)),
        ...(relayed ? { relay: true } : {}),
        ...(/you (?:choose|invite|select|decide)|by (?:you|the owner)/u.test(form) ? { owner: ['chooses'] } : {}),
        ...common(statement),
      },
    },
  ]
}

export const sharingReader = formReader(sharingForms, draft, {
  to: {
    asks: 'who sees it: chosen-users, editors, registered-users, organisation, anyone, application?',
    source: 'GDPR art. 25(2)',
  },
  data: { asks: 'what do they see, and nothing else?', source: 'GDPR art. 25(2)' },
  act: { asks: 'only by an act of the person?', proposes: 'true', source: 'GDPR art. 25(2)' },
  review: {
    asks: 'after how long does a person look at each linked site again?',
    proposes: 'P1Y',
    source: 'a choice; no law sets a term',
    verified: true,
  },
  removal: { asks: 'where is removal asked for?', source: 'GDPR art. 17' },
})
