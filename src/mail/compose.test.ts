import PostalMime from 'postal-mime'
import { expect, it } from 'vitest'
import type { Letter } from '../letters.ts'
import { composeLetter, type Sender } from './compose.ts'

const sender: Sender = {
  name: 'Larkspur',
  address: 'privacy@example.org',
  unsubscribe: 'https://www.example.org/leave',
}
const record = { messageId: '<0123456789ab@example.org>', createdAt: '2026-11-22T12:00:00.000Z' }
const now = new Date('2026-11-22T13:00:00Z')
const letter = (more: Partial<Letter> = {}): Letter => ({
  type: 'case',
  to: 'ada@people.example',
  language: 'de',
  subject: 'Ihre Anfrage',
  text: 'Hallo.\n\nMehr: https://www.example.org/a?b=1&c=2.',
  ...more,
})
const compose = async (more?: Partial<Letter>, by = sender) => {
  const { bytes, ...envelope } = await composeLetter(letter(more), record, by, now)
  return { ...envelope, bytes, mail: await PostalMime.parse(bytes) }
}
const headers = (mail: Awaited<ReturnType<typeof compose>>['mail'], name: string) =>
  mail.headers.filter(({ key }) => key === name).map(({ value }) => value)

it('writes one recipient, a stable Message-ID and marks for machines', async () => {
  const { mail, to, from } = await compose({ references: ['<1@a.example>', '<2@a.example>'] })
  expect({ to, from }).toEqual({ to: 'ada@people.example', from: 'privacy@example.org' })
  expect(mail).toMatchObject({ messageId: record.messageId, subject: 'Ihre Anfrage', inReplyTo: '<2@a.example>' })
  expect(mail.to).toEqual([{ name: '', address: 'ada@people.example' }])
  expect(headers(mail, 'auto-submitted')).toEqual(['auto-replied'])
  expect(headers(mail, 'list-unsubscribe')).toEqual([])
  expect(mail.html).toContain('<a href="https://www.example.org/a?b=1&amp;c=2">')
})

it('lets a change of the policy be unsubscribed from', async () => {
  const { mail } = await compose({ type: 'policy-change' })
  expect(headers(mail, 'list-unsubscribe')).toEqual(['<https://www.example.org/leave>'])
  expect(headers(mail, 'auto-submitted')).toEqual(['auto-generated'])
})

it('lets nothing of a letter end a header or begin one', async () => {
  const evil = 'x\r\nBcc: eve@evil.example\r\n\r\n<script>\u2028y\u0000'
  const { mail } = await compose(
    {
      subject: evil,
      language: evil,
      text: `${evil}\n.\n<img src=x onerror=alert(1)>`,
      references: [evil, '<a@b.example>\r\nX-Evil: 1'],
      attachments: [{ name: evil, mediaType: evil, bytes: Buffer.from('a') }],
    },
    { ...sender, name: evil },
  )
  const names = mail.headers.map(({ key }) => key)
  expect(names).not.toContain('bcc')
  expect(names).not.toContain('x-evil')
  expect(names).not.toContain('references')
  expect(mail.to).toHaveLength(1)
  expect(mail.html).not.toMatch(/<script>|<img/)
  expect(mail.text).toContain('<img src=x onerror=alert(1)>')
  expect(mail.attachments[0]).toMatchObject({ mimeType: 'application/octet-stream' })
})

it('refuses an address that is none, and more than a mail can carry', async () => {
  await expect(compose({ to: 'a@b.example\r\nRCPT TO:<c@d.example>' })).rejects.toThrow(/mail\.bad-address/)
  await expect(compose({ to: 'a@b.example\r\nRCPT' })).rejects.not.toThrow(/b\.example/)
  const big = { name: 'a', mediaType: 'text/plain', bytes: new Uint8Array(19 << 20) }
  await expect(compose({ attachments: [big] })).rejects.toThrow(/mail\.too-large/)
})

it('puts the tokens of case and letter into the addresses only where the server knows them', async () => {
  const plain = await compose({ replyToken: 'r4' })
  expect(plain.mail.replyTo).toEqual([{ name: '', address: 'privacy@example.org' }])
  const plus = await compose({ replyToken: 'r4' }, { ...sender, plus: true })
  expect(plus.mail.replyTo).toEqual([{ name: '', address: 'privacy+r4@example.org' }])
  expect(plus.from).toBe('privacy+b-0123456789ab@example.org')
})
