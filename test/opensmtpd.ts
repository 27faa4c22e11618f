/** An OpenSMTPD of the tests' own: loopback only, in a mount space of its own, mail goes into Maildirs; gone after `stop`. */
import { execFile, spawn } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { havePrograms } from './debian.ts'
import { freePort, listening } from './free-port.ts'

const run = promisify(execFile)
const PROGRAM = '/usr/sbin/smtpd'

export interface SmtpServer {
  /** For everybody on this machine; without encryption, as Debian's build of it cannot sign with its key. */
  readonly url: string
  readonly version: string
  stop(): Promise<void>
}

/**
 * Starts one that delivers to `example.org` into `mail` as Dovecot reads it (`%d/%n`), and refuses any other domain but
 * those that it relays to a port. Recipients in `refused` get 550. Undefined, with the reason printed, where it cannot
 * run: it needs root.
 */
export async function startOpenSmtpd(
  mail: string,
  {
    refused = [],
    relays = {},
  }: { readonly refused?: readonly string[]; readonly relays?: Readonly<Record<string, number>> } = {},
): Promise<SmtpServer | undefined> {
  if (!(await havePrograms([PROGRAM], ['opensmtpd']))) return undefined
  if (process.getuid?.() !== 0) {
    console.log('OpenSMTPD is started by root only: the tests of sent mail are left out.')
    return undefined
  }
  const folder = mkdtempSync(join(tmpdir(), 'kept-smtpd-'))
  // Its privilege separation reads them as another account.
  chmodSync(folder, 0o755)
  const port = await freePort()
  writeFileSync(join(folder, 'refused'), refused.map((one) => `${one}\n`).join('') || 'nobody@example.invalid\n')
  writeFileSync(
    join(folder, 'smtpd.conf'),
    `table refused file:${folder}/refused
table everybody { "@" = mail }
listen on 127.0.0.1 port ${port}
${Object.entries(relays)
  .map(
    ([domain, at]) =>
      `action "to ${domain}" relay host smtp://127.0.0.1:${at}\nmatch from any for domain "${domain}" action "to ${domain}"`,
  )
  .join('\n')}
action "mailbox" maildir "${mail}/%{rcpt.domain:lowercase}/%{rcpt.user:lowercase|strip}" virtual <everybody>
match from any for rcpt-to <refused> reject
match from any for domain "example.org" action "mailbox"
`,
  )
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'mail'])).stdout)),
  )
  mkdirSync(join(mail, 'example.org'), { recursive: true })
  for (const one of [mail, join(mail, 'example.org')]) chownSync(one, uid ?? 0, gid ?? 0)
  // Queue and control socket lie where the program was built to look: each server gets a tree of its own there.
  const script = `mount -t tmpfs tmpfs /run && mount --bind ${folder}/spool /var/spool && exec ${PROGRAM} -d -f ${folder}/smtpd.conf`
  mkdirSync(join(folder, 'spool/smtpd'), { recursive: true, mode: 0o711 })
  const log: string[] = []
  const server = spawn('unshare', ['--mount', 'sh', '-c', script], { stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (piece) => log.push(String(piece)))
  try {
    await listening(port, 'OpenSMTPD')
  } catch (error) {
    console.log(`OpenSMTPD does not run here: ${log.join('').slice(0, 500)}`)
    server.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
    if (/unshare|mount/.test(log.join(''))) return undefined
    throw error
  }
  const version = log.join('').match(/OpenSMTPD \S+/)?.[0] ?? 'OpenSMTPD'
  return {
    url: `smtp://127.0.0.1:${port}`,
    version,
    stop: async () => {
      server.kill('SIGTERM')
      await new Promise((resolve) => server.once('exit', resolve))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
