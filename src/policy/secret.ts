import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { Fault, type Place } from '../language/fault.ts'

const reference = /^(human|env:[A-Za-z_][A-Za-z0-9_]*|file:[^\0]{1,4096})$/

/** True for `env:NAME`, `file:PATH` and `human` (a person does what is asked there): the only things that may stand where a connection is named. */
export const isSecretReference = (text: string): boolean =>
  reference.test(text) && !/^file:.*:\/\//.test(text) && !/\s*password\s*=/i.test(text)

/** A `file:` reference relative to the file that names it becomes absolute; `env:` stays. */
export const absoluteReference = (text: string, file: string): string =>
  text.startsWith('file:') ? `file:${resolve(dirname(file), text.slice('file:'.length))}` : text

/** A connection string written where only the name of one belongs; the fault never tells the value. */
export const secretInMap = (where: Place): Fault =>
  new Fault({
    code: 'store.secret-in-map',
    where,
    what: 'a connection must be named here, not written: this file is no place for secrets',
    mend: 'write env:NAME (an environment variable) or file:PATH (a file that holds it); change the password if it was published',
  })

/**
 * The connection string that `env:NAME` or `file:PATH` names, without white space around it. `where`: the place of the
 * name, for faults (`mapPlace(map, ['connect', 'read'])`).
 * Faults: `store.no-secret` when it is not there or empty, `store.secret-in-map` for anything else.
 */
export const resolveSecret = async (
  named: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
  where: Place = {},
): Promise<string> => {
  if (!isSecretReference(named)) throw secretInMap(where)
  const absent = (what: string, mend: string, cause?: unknown): Fault =>
    new Fault({ code: 'store.no-secret', where, what, mend, ...(cause === undefined ? {} : { cause }) })
  if (named === 'human') return 'human:'
  if (named.startsWith('env:')) {
    const variable = named.slice('env:'.length)
    const value = env[variable]?.trim()
    if (!value)
      throw absent(`the environment variable ${variable} is not set`, `set ${variable} to the connection string`)
    return value
  }
  const path = named.slice('file:'.length)
  try {
    const value = (await readFile(path, 'utf8')).trim()
    if (value !== '') return value
  } catch (cause) {
    throw absent(`the file ${path} cannot be read`, 'write the connection string into it', cause)
  }
  throw absent(`the file ${path} is empty`, 'write the connection string into it')
}
