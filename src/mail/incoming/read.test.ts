import { expect, it } from 'vitest'
import { readIncoming } from './read.ts'

const arrival = {
  addresses: ['privacy@example.org', 'dpo@example.org'],
  domain: 'example.org',
  receivedAt: new Date('2026-11-22T12:00:00Z'),
}
const read = (lines: readonly string[], more: Partial<Parameters<typeof readIncoming>[1]> = {}) =>
  readIncoming(Buffer.from(lines.join('\r\n')), { ...arrival, ...more })

it('reads who writes to which of our addresses, and what it answers', async () => {
  const { letter, unread } = await read([
    'From: =?utf-8?q?J=C3=B6rg?= <Joerg@People.example>',
    'To: Somebody <x@elsewhere.example>, "DPO" <DPO@example.org>',
    'Cc: privacy+r4k@example.org',
    'Subject: =?utf-8?q?L=C3=B6schen?=',
    'Message-ID: <m1@people.example>',
    'References: <a@example.org> <b@example.org>',
    'In-Reply-To: <b@example.org>',
    '',
    'Bitte löschen.',
  ])
  expect(unread).toBeUndefined()
  expect(letter).toMatchObject({
    messageId: '<m1@people.example>',
    from: 'joerg@people.example',
    to: ['dpo@example.org', 'privacy+r4k@example.org'],
    subject: 'Löschen',
    references: ['<a@example.org>', '<b@example.org>'],
    automatic: false,
    omitted: [],
    receivedAt: '2026-11-22T12:00:00.000Z',
  })
  expect(letter.sha256).toMatch(/^[0-9a-f]{64}$/)
})

it('takes a blind copy as sent to the address of the mailbox', async () => {
  expect((await read(['From: a@b.example', '', 'x'])).letter.to).toEqual(['privacy@example.org'])
  const direct = await read(['From: a@b.example', '', 'x'], { recipients: ['dpo@example.org'] })
  expect(direct.letter.to).toEqual(['dpo@example.org'])
})

it.each([
  ['Auto-Submitted: auto-replied (vacation)'],
  ['Precedence: bulk'],
  ['Return-Path: <>'],
  ['List-Id: <news.example>'],
  ['X-Autoreply: yes'],
  ['From: no-reply@shop.example'],
  ['From: MAILER-DAEMON@mx.example'],
])('knows a machine by %s', async (line) => {
  const from = line.startsWith('From:') ? [] : ['From: a@b.example']
  expect((await read([...from, line, '', 'Out of office'])).letter.automatic).toBe(true)
})

it('takes a person for a person, whatever the words say', async () => {
  const person = ['From: a@b.example', 'Auto-Submitted: no', 'Subject: delivery failure', '', 'Undeliverable?']
  expect((await read(person)).letter).toMatchObject({ automatic: false })
  expect((await read(person)).letter.bounceOf).toBeUndefined()
})

const report = (action: string) => [
  'From: MAILER-DAEMON@mx.example',
  'To: privacy@example.org',
  'Subject: Undelivered Mail Returned to Sender',
  'Content-Type: multipart/report; report-type=delivery-status; boundary=x',
  '',
  '--x',
  '',
  'I am sorry.',
  '--x',
  'Content-Type: message/delivery-status',
  '',
  'Reporting-MTA: dns; mx.example',
  '',
  'Final-Recipient: rfc822; ada@people.example',
  `Action: ${action}`,
  `Status: ${action === 'failed' ? '5.1.1' : '4.4.1'}`,
  '--x',
  'Content-Type: text/rfc822-headers',
  '',
  'From: privacy@example.org',
  'Message-ID:',
  ' <0123456789ab@example.org>',
  '--x--',
]

it('knows a report of failure for the letter it is about, and a delay for none', async () => {
  expect((await read(report('failed'))).letter).toMatchObject({
    bounceOf: '<0123456789ab@example.org>',
    automatic: true,
    attachments: [],
  })
  expect((await read(report('delayed'))).letter.bounceOf).toBeUndefined()
})

it('knows bounces of those who follow no standard', async () => {
  const qmail = [
    'Return-Path: <>',
    'From: MAILER-DAEMON@mx.example',
    'Subject: failure notice',
    '',
    'Hi. This is the qmail-send program.',
    '--- Below this line is a copy of the message.',
    'Message-ID: <0123456789ab@example.org>',
  ]
  expect((await read(qmail)).letter.bounceOf).toBe('<0123456789ab@example.org>')
  const wordless = ['Return-Path: <>', 'From: postmaster@mx.example', 'To: privacy+b-0123456789ab@example.org']
  const byAddress = await read([...wordless, 'Subject: Undeliverable', '', 'Mailbox full.'])
  expect(byAddress.letter.bounceOf).toBe('<0123456789ab@example.org>')
})

it('bounds attachments, and tells what it left out', async () => {
  const part = (size: number) => ['--x', 'Content-Disposition: attachment; filename="../a/b"', '', 'z'.repeat(size)]
  const many = Array.from({ length: 22 }, () => part(10)).flat()
  const { letter } = await read([
    'From: a@b.example',
    'Content-Type: multipart/mixed; boundary=x',
    '',
    ...many,
    '--x--',
  ])
  expect(letter.attachments).toHaveLength(20)
  expect(letter.attachments[0]?.name).not.toContain('/')
  expect(letter.omitted).toHaveLength(2)
})

const hostile: Readonly<Record<string, readonly [head: string, body: string]>> = {
  'parts without end': ['Content-Type: multipart/mixed; boundary=x', '--x\r\n\r\na\r\n'.repeat(100_000)],
  'parts in parts': [
    'Content-Type: multipart/mixed; boundary=x0',
    Array.from(
      { length: 60 },
      (_, at) => `--x${at}\r\nContent-Type: multipart/mixed; boundary=x${at + 1}\r\n\r\n`,
    ).join(''),
  ],
  'a million lines': ['Content-Type: text/plain', '\r\n'.repeat(1_000_000)],
  'tags without end': ['Content-Type: text/html', '<!--'.repeat(600_000)],
  'a header that never ends': [`Subject: ${'x'.repeat(200_000)}`, ''],
}
it.each(Object.keys(hostile))('reads of a mail with %s its header only', async (name) => {
  const [head, body] = hostile[name] ?? ['', '']
  const { letter, unread } = await read(['From: a@b.example', 'Message-ID: <h@b.example>', head, '', body])
  expect(unread).toBe('mail.malformed')
  expect(letter).toMatchObject({ text: '', attachments: [], omitted: [{ name: 'message' }] })
  expect(letter.from === 'a@b.example' || name.includes('header')).toBe(true)
})

it('reads of a mail that is too large its header only', async () => {
  const { letter, unread } = await read(['From: a@b.example', 'Subject: film', '', 'beginning'], { size: 26 << 20 })
  expect(unread).toBe('mail.too-large')
  expect(letter).toMatchObject({ subject: 'film', text: '', omitted: [{ name: 'message', bytes: 26 << 20 }] })
})

it('parses a long mail apart, with the same result', async () => {
  const { letter, unread } = await read(['From: a@b.example', '', 'word '.repeat(20_000)])
  expect(unread).toBeUndefined()
  expect(letter.text.length).toBeGreaterThan(99_000)
})
