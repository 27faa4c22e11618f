/** A running server sends letters, takes mail that is handed over, and tells other systems, without anybody's command. */
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { SMTPServer } from 'smtp-server'
import { afterEach, expect, it } from 'vitest'
import { smtpTransport } from '../../src/mail/transport.ts'
import { freePort } from '../free-port.ts'
import { serveVendor } from './vendor.ts'

const undo: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

async function eventually(what: string, done: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (done()) return
    await pause(100)
  }
  throw new Error(`it never happened: ${what}`)
}

it('opens a case for a mail handed over, answers it, and tells the webhook', async () => {
  const sent: string[] = []
  const outside = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      let text = ''
      stream.on('data', (piece: Buffer) => {
        text += piece
      })
      stream.on('end', () => {
        sent.push(`${session.envelope.rcptTo[0]?.address}\n${text}`)
        done()
      })
    },
  })
  const smtpPort = await freePort()
  await new Promise<void>((resolve) => outside.listen(smtpPort, '127.0.0.1', resolve))
  undo.push(() => new Promise((resolve) => outside.close(() => resolve())))

  const told: { type: string }[] = []
  const hook = createServer((request, response) => {
    let text = ''
    request.on('data', (piece) => {
      text += piece
    })
    request.on('end', () => {
      told.push(JSON.parse(text) as { type: string })
      response.writeHead(204).end()
    })
  })
  await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve))
  undo.push(() => void hook.close())

  const vendor = await serveVendor('server')
  const port = await freePort()
  writeFileSync(
    join(vendor.folder, 'kept.server.yaml'),
    `mail:
  from: { name: Larkspur Privacy, address: privacy@larkspur.example }
  plus: true
  smtp: { url: env:SMTP }
  listen: { port: ${port} }
webhooks:
  desk: { url: "http://127.0.0.1:${(hook.address() as AddressInfo).port}/", secret: env:HOOK, events: ["case.*", "letter.accepted"], private: true }
`,
  )
  vendor.env.SMTP = `smtp://127.0.0.1:${smtpPort}`
  vendor.env.HOOK = `whsec_${Buffer.alloc(32, 1).toString('base64')}`
  await vendor.restart()

  const relay = smtpTransport({ url: `smtp://127.0.0.1:${port}` })
  const bytes = Buffer.from(
    'From: person1@example.org\r\nTo: privacy@larkspur.example\r\nSubject: Erase me\r\nMessage-ID: <1@example.org>\r\n\r\nPlease erase all my personal data.\r\n',
  )
  const handed = await relay.send({ from: 'person1@example.org', to: 'privacy@larkspur.example', bytes })
  relay.close()
  expect(handed).toMatchObject({ is: 'accepted' })

  await eventually('a letter to the person', () => sent.some((one) => one.startsWith('person1@example.org\n')))
  await eventually('the webhook hears of it', () => told.some(({ type }) => type === 'letter.accepted'))
  expect(told.some(({ type }) => type.startsWith('case.'))).toBe(true)
  expect(JSON.stringify(told)).not.toContain('@')
  expect(JSON.stringify(vendor.lines)).not.toContain('person1@')
})
