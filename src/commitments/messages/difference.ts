import { amount, byForm, type Comparison, type FormKeysOf, list, parts, said, steps, term, use } from '../comparison.ts'
import type { messagesEntry, messagesForms } from './vocabulary.ts'

const tracked = ['never', 'consent', 'always']

const keys: FormKeysOf<typeof messagesEntry> = {
  for: list('purpose', 'wider', { of: 'purpose', topic: 'purpose' }),
  data: list('data', 'wider', { topic: 'data', of: 'data' }),
  channels: list('channel', 'wider', {
    why: ['people are written to in more ways', 'people are written to in fewer ways'],
  }),
  mandatory: steps('going on after an opt-out', [false, true], 'wider', {
    why: ['people cannot stop it', 'people can stop it'],
  }),
  'opt-in': steps('opt-in', [false, true], 'narrower', {
    topic: 'consent',
    why: ['only those who asked get it', 'it is sent without being asked for'],
  }),
  'existing-customers': steps('sending to customers unasked', [false, true], 'wider'),
  'opt-out': list('way to opt out', 'narrower', {
    topic: 'consent',
    why: ['there are more ways to stop it', 'there are fewer ways to stop it'],
  }),
  at: list('place of the opt-out', 'neutral'),
  stops: term('time until an opt-out works', 'wider', { absent: 'endless' }),
  offers: list('whose products it is about', 'wider', { absent: 'unstated' }),
  most: parts('highest number', 'narrower', {
    messages: amount('number of messages', 'wider'),
    per: term('time for which the number holds', 'narrower'),
  }),
  opens: steps('tracking of opening', tracked, 'wider', {
    why: ['more is known about who opens a message', 'less is known about who opens a message'],
  }),
  clicks: steps('tracking of clicks', tracked, 'wider', {
    why: ['more is known about who follows a link', 'less is known about who follows a link'],
  }),
  templates: said('approval of texts', 'narrower'),
  ends: said('what ends it', 'narrower'),
  relay: said('hiding of addresses', 'narrower'),
}

const forms: Readonly<Record<keyof typeof messagesForms, ReturnType<typeof use>>> = {
  marketing: use('marketing message'),
  newsletter: use('newsletter'),
  survey: use('survey'),
  service: use('service message'),
  order: use('order message'),
  administrative: use('administrative message'),
  security: use('security message'),
  'between-users': use('message between users'),
}

export const messagesComparison: Comparison = { form: byForm(forms), keys, topic: 'use', renamed: true }
