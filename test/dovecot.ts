/** A Dovecot of the tests' own: loopback only, mailboxes as Maildir in a temporary folder, gone after `stop`. */
import { execFile, spawn } from 'node:child_process'
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { havePrograms } from './debian.ts'
import { freePort, listening } from './free-port.ts'

const run = promisify(execFile)
const PROGRAM = '/usr/sbin/dovecot'

export interface DovecotServer {
  /** Address for an account; its password is `secret` for everybody. */
  url(account: string): string
  /** Address of an administrator who may act for the accounts of a list. */
  adminUrl(accounts: readonly string[]): string
  /** Where the mailboxes lie, as `%d/%n`. */
  readonly mail: string
  readonly version: string
  stop(): Promise<void>
}

/** Starts one, or gives undefined where Dovecot is not here and cannot be installed (what to do is printed). */
export async function startDovecot(): Promise<DovecotServer | undefined> {
  if (!(await havePrograms([PROGRAM], ['dovecot-imapd']))) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'kept-dovecot-'))
  const port = await freePort()
  const root = process.getuid?.() === 0
  const [account, uid, gid] = root
    ? ['mail', Number((await run('id', ['-u', 'mail'])).stdout), Number((await run('id', ['-g', 'mail'])).stdout)]
    : [userInfo().username, userInfo().uid, userInfo().gid]
  const group = (await run('id', ['-gn', account])).stdout.trim()
  const mail = join(folder, 'mail')
  for (const one of [folder, mail]) mkdirSync(one, { recursive: true, mode: 0o755 })
  writeFileSync(join(folder, 'masters'), 'keeper:{PLAIN}master-secret\n')
  writeFileSync(
    join(folder, 'dovecot.conf'),
    `base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain
default_internal_user = ${account}
default_internal_group = ${group}
default_login_user = ${account}
first_valid_uid = ${uid}
mail_location = maildir:${mail}/%d/%n
passdb {
  driver = passwd-file
  master = yes
  args = ${folder}/masters
}
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${mail}/%d/%n
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`,
  )
  if (root) for (const one of [folder, mail]) chownSync(one, uid, gid)
  const server = spawn(PROGRAM, ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: 'ignore' })
  await listening(port, 'the mail server')
  const version = (await run(PROGRAM, ['--version'])).stdout.trim()
  return {
    url: (name) => `imap://${encodeURIComponent(name)}:secret@127.0.0.1:${port}`,
    adminUrl: (accounts) => {
      const list = join(folder, 'accounts')
      writeFileSync(list, `${accounts.join('\n')}\n`)
      return `imap://keeper:master-secret@127.0.0.1:${port}/?accounts=${encodeURIComponent(list)}`
    },
    mail,
    version: `Dovecot ${version}`,
    stop: async () => {
      server.kill('SIGTERM')
      await new Promise((resolve) => server.once('exit', resolve))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
