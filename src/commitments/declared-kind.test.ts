import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { aggregatesForms } from './aggregates/vocabulary.ts'
import { changesForms } from './changes/vocabulary.ts'
import { ageFor, agesOfConsent } from './children/ages.ts'
import { childrenForms } from './children/vocabulary.ts'
import type { CommitmentKind } from './commitment-kind.ts'
import { consentForms } from './consent/vocabulary.ts'
import { devicesForms } from './devices/vocabulary.ts'
import { disclosureForms } from './disclosure/vocabulary.ts'
import type { Forms } from './forms.ts'
import { commitmentKinds } from './index.ts'
import { messagesForms } from './messages/vocabulary.ts'
import { recourseForms } from './recourse/vocabulary.ts'
import { securityForms } from './security/vocabulary.ts'
import { sharingForms } from './sharing/vocabulary.ts'
import { trackingForms } from './tracking/vocabulary.ts'
import { transferGrounds } from './transfers/grounds.ts'
import { transfersForms } from './transfers/vocabulary.ts'

const FORMS: Readonly<Record<string, Forms>> = {
  aggregates: aggregatesForms,
  changes: changesForms,
  children: childrenForms,
  consent: consentForms,
  devices: devicesForms,
  disclosure: disclosureForms,
  messages: messagesForms,
  recourse: recourseForms,
  security: securityForms,
  sharing: sharingForms,
  tracking: trackingForms,
  transfers: transfersForms,
}

const kinds: readonly CommitmentKind[] = commitmentKinds
const schemaOf = (key: string): string =>
  JSON.stringify(kinds.find((kind) => kind.key === key)?.vocabulary.toJSONSchema({ io: 'input' }))

describe('forms', () => {
  it.each(Object.entries(FORMS))('of %s need and take keys that the schema has', (key, forms) => {
    const schema = schemaOf(key)
    const keys = Object.values(forms).flatMap((form) => [...(form.needs ?? []), ...(form.takes ?? [])])
    expect(keys.filter((name) => !schema.includes(`"${name}":{`))).toEqual([])
  })

  it.each(Object.entries(FORMS))('of %s leave no key of the schema that none of them takes', (key, forms) => {
    const kind = kinds.find((candidate) => candidate.key === key)
    const every = { if: 'x', unless: 'x', task: true, words: 'x', source: 'x' }
    expect(kind?.vocabulary.safeParse({ one: { ...every, planted: 1 } }).success).toBe(false)
    const taken = new Set([
      'is',
      ...Object.keys(every),
      ...Object.values(forms).flatMap((form) => [...(form.needs ?? []), ...(form.takes ?? [])]),
    ])
    const schema = JSON.parse(schemaOf(key)) as {
      additionalProperties: { properties: Record<string, unknown> }
    }
    expect(Object.keys(schema.additionalProperties.properties).filter((name) => !taken.has(name))).toEqual([])
  })

  it.each(Object.entries(FORMS))('of %s need and take each key once', (_key, forms) => {
    const twice = Object.entries(forms).filter(([, { needs = [], takes = [] }]) => {
      return new Set([...needs, ...takes]).size < needs.length + takes.length
    })
    expect(twice.map(([form]) => form)).toEqual([])
  })

  it('describe every key for editors', () => {
    const schema = JSON.parse(schemaOf('disclosure')) as {
      additionalProperties: { properties: Record<string, { description?: string }> }
    }
    const described = Object.values(schema.additionalProperties.properties).filter((one) => one.description)
    expect(described.length).toBeGreaterThan(15)
  })

  const fixtures = new URL('../../../shared/fixtures/dpv/', import.meta.url)
  it('name terms of DPV 2.3 that exist', (context) => {
    if (!existsSync(fixtures)) return context.skip('../shared/fixtures/dpv is not there')
    const known = new Set(
      ['dpv', 'pd', 'eu-gdpr', 'tech'].flatMap((vocabulary) =>
        readFileSync(new URL(`${vocabulary}.csv`, fixtures), 'utf8')
          .split('\n')
          .slice(1)
          .map((line) => `${vocabulary}:${line.slice(1, line.indexOf('","'))}`),
      ),
    )
    const named: readonly object[] = [
      ...Object.values(FORMS).flatMap((forms) => Object.values(forms)),
      ...Object.values(transferGrounds),
    ]
    const terms = named.flatMap((one) => ('term' in one && typeof one.term === 'string' ? [one.term] : []))
    expect(terms.length).toBeGreaterThan(20)
    expect(terms.filter((term) => !known.has(term))).toEqual([])
  })
})

describe('facts', () => {
  it('have a source, and days in order', () => {
    for (const [name, ground] of Object.entries(transferGrounds)) {
      const { source, since = '0', until = '9' }: { source: string; since?: string; until?: string } = ground
      expect(source.length, name).toBeGreaterThan(5)
      expect(since < until, name).toBe(true)
    }
    for (const { age, source } of Object.values(agesOfConsent)) {
      expect(age).toBeGreaterThanOrEqual(13)
      expect(age).toBeLessThanOrEqual(16)
      expect(source).not.toBe('')
    }
  })

  it('let the higher age count, and the highest where the country is unknown', () => {
    expect(ageFor('DE', 13)).toBe(16)
    expect(ageFor('US', 13)).toBe(13)
    expect(ageFor('US', 18)).toBe(18)
    expect(ageFor(undefined, 13)).toBe(16)
    expect(ageFor('ZZ', 13)).toBe(16)
  })
})
