/** An OpenLDAP server of the tests' own with an audit log (slapo-accesslog): loopback only, gone after `stop`. */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { havePrograms } from './debian.ts'
import { freePort, listening } from './free-port.ts'

const PROGRAM = '/usr/sbin/slapd'

export interface DirectoryServer {
  readonly host: string
  readonly admin: { readonly dn: string; readonly password: string }
  /** Address of a tree as the administrator. */
  url(base: string): string
  stop(): Promise<void>
}

/** Starts one with the suffixes dc=example,dc=org and cn=accesslog, or gives undefined where it cannot be installed. */
export async function startDirectory(): Promise<DirectoryServer | undefined> {
  if (!(await havePrograms([PROGRAM], ['slapd', 'ldap-utils']))) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'kept-ldap-'))
  const port = await freePort()
  const admin = { dn: 'cn=admin,dc=example,dc=org', password: 'secret-of-the-test' }
  for (const name of ['data', 'log']) mkdirSync(join(folder, name))
  writeFileSync(
    join(folder, 'slapd.conf'),
    `include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload accesslog
pidfile ${folder}/pid
database mdb
suffix cn=accesslog
directory ${folder}/log
rootdn ${admin.dn}
maxsize 67108864
index reqStart eq
database mdb
suffix dc=example,dc=org
rootdn ${admin.dn}
rootpw ${admin.password}
directory ${folder}/data
maxsize 67108864
overlay accesslog
logdb cn=accesslog
logops writes
logold (objectClass=person)
`,
  )
  const server = spawn(PROGRAM, ['-d', '0', '-f', join(folder, 'slapd.conf'), '-h', `ldap://127.0.0.1:${port}`], {
    stdio: 'ignore',
  })
  await listening(port, 'the directory server')
  return {
    host: `ldap://127.0.0.1:${port}`,
    admin,
    url: (base) =>
      `ldap://${encodeURIComponent(admin.dn)}:${admin.password}@127.0.0.1:${port}/${encodeURIComponent(base)}`,
    stop: async () => {
      server.kill('SIGTERM')
      await new Promise((resolve) => server.once('exit', resolve))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
