import { describe, expect, it } from 'vitest'
import { draftFaults, wrongIn } from './draft-faults.ts'
import { importDocument } from './import-document.ts'
import { textKey } from './review.ts'

const draftOf = (source: string) => importDocument(source, { name: 'case' }).draft

describe('a draft states each entry in the form of its kind', () => {
  it.each([
    ['We will not sell your personal data.', { disclosure: { sale: { is: 'sale', never: true } } }],
    [
      'We may disclose your personal data if we are required to do so by law or court order.',
      { disclosure: { law: { is: 'law', document: true, grounds: ['legal-process', 'legal-duty'] } } },
    ],
    [
      'If we are acquired, we will notify you by email before your personal data is transferred to the successor.',
      { disclosure: { merger: { is: 'merger', notice: ['email'] } } },
    ],
    [
      'We comply with the EU-U.S. Privacy Shield.',
      { transfers: { 'claim-privacy-shield': { is: 'claim', ground: ['privacy-shield'], stands: false } } },
    ],
    [
      'We have been awarded the TRUSTe privacy seal.',
      { transfers: { 'seal-truste': { is: 'seal', issuer: 'TRUSTe', stands: false } } },
    ],
    [
      'By using this website you consent to this policy.',
      { consent: { 'by-use': { is: 'claim', by: ['use'], counts: false } } },
    ],
    [
      'We do not respond to Do Not Track signals.',
      { tracking: { 'do-not-track': { is: 'signal', signals: ['dnt'], answer: 'ignore' } } },
    ],
    [
      'When you receive our newsletter, we track whether the email was opened and which links you click.',
      { messages: { newsletter: { is: 'newsletter', opens: 'consent', clicks: 'consent' } } },
    ],
    [
      'This privacy policy was last updated on June 27, 2006.',
      { changes: { version: { is: 'version', date: '2006-06-27' } } },
    ],
    [
      'We use TLS 1.3 to encrypt your data when it is transmitted.',
      { security: { 'encryption-in-transit': { is: 'encryption-in-transit', least: 'TLS 1.3' } } },
    ],
    [
      'You may request to view, change or delete your personal data by writing to privacy@acme.example.',
      {
        rights: {
          access: { at: ['privacy@acme.example'] },
          correction: { at: ['privacy@acme.example'] },
          erasure: { at: ['privacy@acme.example'] },
        },
      },
    ],
    [
      'We delete server logs 14 days after your account is closed.',
      { retention: { 'server-logs': { keep: 'P14D', from: 'account-closed' } } },
    ],
  ])('%s', (source, expected) => {
    expect(draftOf(source)).toMatchObject(expected)
    expect(wrongIn(draftFaults(importDocument(source, { name: 'case' })))).toEqual([])
  })

  it('carries negations and exceptions', () => {
    expect(draftOf('We do not collect your health data.')).toMatchObject({
      collection: { 'general-not': { data: [], never: ['health-data'] } },
    })
    expect(
      draftOf('Except as described here, we will not disclose your personal data without your consent.'),
    ).toMatchObject({ disclosure: { 'default-without-consent': { is: 'bar', refuse: 'without-consent' } } })
    expect(
      draftOf(
        'We will not sell your personal data to anyone, except that we may transfer it to a successor upon a merger.',
      ),
    ).toMatchObject({
      disclosure: { sale: { never: true, unless: [expect.stringContaining('except')] }, merger: { is: 'merger' } },
    })
    expect(draftOf('We will share your location with partners only if you have agreed.').disclosure).toMatchObject({
      direction: { is: 'direction', basis: 'dpv:ExpressedConsent' },
    })
  })

  it('takes the stricter reading until a named person decides otherwise with a reason', () => {
    const text = 'We may change this policy at any time by posting the new version here.'
    const decision = {
      text: textKey(text),
      occurrence: 1,
      by: 'a.reviewer',
      on: '2026-11-22',
      accepts: ['changes.posting-only'],
    }
    expect(draftOf(text).changes).toMatchObject({ notice: { is: 'notice', lead: expect.stringContaining('P30D') } })
    const bare = importDocument(text, { name: 'case', decisions: [decision] })
    expect(bare.draft.changes).toMatchObject({ notice: { is: 'notice' } })
    expect(bare.sentences[0]?.warnings).toMatchObject([{ code: 'changes.posting-only', refused: 'no-reason' }])
    const reasoned = importDocument(text, { name: 'case', decisions: [{ ...decision, why: 'nobody has an account' }] })
    expect(reasoned.draft.changes).toMatchObject({ posting: { is: 'posting' } })
    expect(reasoned.sentences[0]?.accepted).toMatchObject([{ code: 'changes.posting-only', by: 'a.reviewer' }])
  })

  it('fills in answers on record, and tells those that nothing asks for', () => {
    const text = 'Tickets are kept for as long as needed.'
    const [question] = importDocument(text, { name: 'case' }).questions
    const record = { by: 'a.reviewer', on: '2026-11-22' }
    const answers = [
      { at: question?.place ?? '', value: 'P2Y', ...record },
      { at: 'retention.nothing.keep', value: 'P1Y', ...record },
    ]
    const answered = importDocument(text, { name: 'case', answers })
    expect(JSON.stringify(answered.draft.retention)).toContain('"keep":"P2Y"')
    expect(answered.questions.map(({ place }) => place)).not.toContain(question?.place)
    expect(answered.stale.answers).toMatchObject([{ at: 'retention.nothing.keep' }])
  })

  it.each([
    'We do not share your health data with anyone, other than your doctor.',
    'Under no circumstances do we share your health data with anyone, other than your doctor.',
    'We never share your health data with third parties.',
    'At no time will we disclose your personal data to advertisers.',
    'Neither we nor our partners sell your personal data.',
    'In no event do we rent your e-mail address to other companies.',
    'Your personal data is never disclosed to third parties.',
    'We do not transfer your personal data outside the European Union.',
    'We do not share aggregated data with advertisers.',
    'We will not hand your personal data over in a merger.',
  ])('reads no permission into a denial: %s', (text) => {
    const entries = Object.values(draftOf(text).disclosure ?? {}) as { is?: string; never?: boolean }[]
    expect(entries.length).toBeGreaterThan(0)
    expect(entries.filter((entry) => entry.is !== 'bar' && entry.never !== true)).toEqual([])
  })

  it('lets nothing stand that a sentence denies', () => {
    const tracking = draftOf('We do not use cookies for advertising.').tracking
    expect(Object.values(tracking ?? {}).every((entry) => (entry as { never?: boolean }).never === true)).toBe(true)
    expect(draftOf('We do not send marketing e-mails.').messages).toBeUndefined()
    expect(draftOf('We do not transfer your personal data to the United States.').transfers).toBeUndefined()
  })

  it('keeps two terms of one thing apart, and splits a sentence that says two things', () => {
    const { retention } = draftOf('We keep your data for 90 days. We keep your data for 31 days.')
    expect(Object.values(retention ?? {})).toMatchObject([{ keep: 'P90D' }, { keep: 'P31D' }])
    expect(draftOf('We respond to your request within one month and never charge a fee.').rights).toMatchObject({
      answers: { within: 'P1M' },
      fees: { first: 'free' },
    })
  })

  it('gives the term of an exception to the exception, and the basis of several purposes to none of them unasked', () => {
    const { retention } = draftOf(
      'We delete your data as soon as it is no longer needed, unless tax law requires us to keep it for ten years.',
    )
    const rules = Object.values(retention ?? {}) as { keep: string; if?: string[] }[]
    expect(rules.map((rule) => [rule.keep.startsWith('OPEN: ') ? 'OPEN' : rule.keep, rule.if !== undefined])).toEqual([
      ['OPEN', false],
      ['P10Y', true],
    ])
    const { purposes } = draftOf(
      'We process your data to perform our contract with you (Art. 6(1)(b) GDPR) and to meet legal duties (Art. 6(1)(c) GDPR).',
    )
    const bases = Object.values(purposes ?? {}).map((entry) => (entry as { basis?: unknown }).basis)
    expect(bases.length).toBeGreaterThan(0)
    expect(bases.every((basis) => typeof basis === 'string' && basis.startsWith('OPEN: '))).toBe(true)
  })

  it('carries a choice on, wherever it stands, and gives each cookie its own term', () => {
    const sale = draftOf('We may sell your e-mail address to sports brands if you tick the box.').disclosure ?? {}
    expect(Object.values(sale)).toMatchObject([{ is: 'sale', if: ['if you tick the box'] }])
    const { tracking } = draftOf('Strictly necessary session cookies keep you signed in; other cookies last 13 months.')
    expect(Object.values(tracking ?? {})).toMatchObject([
      { wait: 'none', keep: 'session' },
      { wait: 'choice', keep: 'P13M' },
    ])
    const california = draftOf('California residents may opt out of the sale of their personal information.').rights
    expect(JSON.stringify(california)).toContain('Proposed: P45D')
  })

  it('knows a company that works for the vendor by its name and country, and asks a ground only beyond Europe', () => {
    const near = draftOf('Hetzner hosts our servers in Germany.')
    expect(near.disclosure).toMatchObject({
      hetzner: { is: 'processor', to: ['Hetzner'], countries: ['DE'], for: ['hosting-servers'] },
    })
    expect(near.transfers).toBeUndefined()
    const far = draftOf('Mailgun sends our email from the United States.')
    expect(far.disclosure).toMatchObject({ mailgun: { to: ['Mailgun'], countries: ['US'] } })
    expect(far.transfers).toMatchObject({ abroad: { countries: ['US'], ground: expect.stringMatching(/^OPEN: /u) } })
    const role = draftOf('We share your tickets with our hosting provider Hetzner.')
    expect(role.disclosure).toMatchObject({ processors: { to: ['Hetzner'] } })
  })

  it('keeps a legal basis with its purpose, and asks for one where the text names a law that needs it', () => {
    const { purposes, law } = draftOf(
      'We rely on legitimate interests when we send you product news. We use your name to answer questions. Art. 13 GDPR applies.',
    )
    expect(purposes).toMatchObject({
      'sending-product-news': { basis: ['eu-gdpr:A6-1-f'] },
      'answering-questions': { basis: expect.stringMatching(/^OPEN: on which legal basis/u) },
    })
    expect(law).toContain('The text names eu-gdpr (case#3)')
    const plain = draftOf(
      'We use your name to answer questions. Some customers live in California, some in the European Union.',
    )
    expect(JSON.stringify(plain.purposes ?? {})).not.toContain('legal basis')
    expect(plain.law).not.toContain('Proposed')
  })

  it('erases nothing by the end of a backup, and holds by law no more than somebody names', () => {
    const { sentences, draft } = importDocument('Backups are overwritten every 35 days.', { name: 'case' })
    expect(draft.retention).toBeUndefined()
    expect(sentences[0]?.unbound).toContain('copies: { backup: P35D }')
    const { retention } = draftOf(
      'We collect your name. Statutory retention obligations under tax law remain unaffected; these last ten years.',
    )
    expect(Object.values(retention ?? {})).toMatchObject([{ data: expect.stringMatching(/^OPEN: /u) }])
    expect(JSON.stringify(retention)).toContain('"then":"review"')
  })

  it('reads what is optional as a choice, and what is passed to nobody as a bar', () => {
    const { collection } = draftOf(
      'When you sign up we collect your name and your phone number. You are free not to give us your phone number.',
    )
    expect(collection).toMatchObject({
      'general-by-choice': { data: ['phone-number'], choice: true, for: ['registration'] },
    })
    expect(draftOf('In this context, no data is passed on to third parties.').disclosure).toMatchObject({
      default: { is: 'bar', refuse: 'undeclared' },
    })
  })

  it('proposes a company for the controller and leaves it to a person whose policy it is', () => {
    const { controller } = draftOf('Marlow & Finch Ltd runs this shop. We collect your name.')
    expect(controller).toEqual({ name: expect.stringMatching(/^OPEN: .*Proposed: Marlow & Finch Ltd\./u) })
  })

  it('lets a ban of sale win over a sale in another sentence', () => {
    const both = draftOf('We will not sell your personal data. We may sell usage data to advertisers.')
    const sales = Object.values(both.disclosure ?? {}).filter((entry) => (entry as { is?: string }).is === 'sale')
    expect(sales.filter((entry) => (entry as { never?: true }).never !== true)).toMatchObject([{ tested: true }])
  })

  it('asks what a form needs and no sentence says, with the limit of the law and its source', () => {
    const rights = draftOf('You may request access to your personal data.').rights
    expect(JSON.stringify(rights)).toContain('Proposed: P1M. (GDPR art. 12(3))')
    const tracking = draftOf('We use cookies to analyse how the site is used.').tracking
    expect(JSON.stringify(tracking)).toContain('(Directive 2002/58/EC art. 5(3), unverified)')
  })
})
