/** A certificate of the tests' own, made by openssl; its own authority. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { havePrograms } from './debian.ts'

/** PEM of certificate and key for `localhost` and 127.0.0.2, or undefined where there is no openssl. `kind`: of key, as openssl names it. */
export async function ownCertificate(
  kind = 'ec -pkeyopt ec_paramgen_curve:prime256v1',
): Promise<{ readonly certificate: string; readonly key: string } | undefined> {
  if (!(await havePrograms(['/usr/bin/openssl'], ['openssl']))) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'kept-certificate-'))
  const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')]
  const ask = `req -x509 -newkey ${kind} -nodes -days 2 -subj /CN=localhost`
  const names = ['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.2']
  execFileSync('/usr/bin/openssl', [...ask.split(' '), ...names, '-keyout', key, '-out', certificate], {
    stdio: 'ignore',
  })
  const made = { certificate: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') }
  rmSync(folder, { recursive: true, force: true })
  return made
}
