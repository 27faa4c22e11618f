import { ZipWriter } from '@zip.js/zip.js'
import type { Encrypter } from 'age-encryption'
import { Fault } from '../../language/fault.ts'

/**
 * How a copy is locked: by a passphrase, as AES-256 in a zip (WinZip AE-2), or for the age keys of its readers
 * (C2SP age v1). Nothing of it is then written in clear, the names of its files included.
 */
export type ExportLock = { readonly passphrase: string } | { readonly recipients: readonly string[] }

/** A passphrase shorter than this is tried through in an afternoon. */
const SHORTEST_PASSPHRASE = 12

/** What a locked copy's name ends in. */
export const lockedEnding = (lock: object): string => ('recipients' in lock ? '.zip.age' : '.zip')

/** Faults `export.passphrase-short`, `export.recipient-unknown`, `export.name`: before anybody is looked for. */
export async function checkLock(lock: ExportLock, out: string): Promise<void> {
  const ending = lockedEnding(lock)
  if (!out.endsWith(ending)) {
    throw new Fault({
      code: 'export.name',
      what: `A copy that is locked this way is a file that ends in ${ending}.`,
      mend: `Write --out NAME${ending}.`,
    })
  }
  if ('passphrase' in lock) {
    if ([...lock.passphrase].length >= SHORTEST_PASSPHRASE) return
    throw new Fault({
      code: 'export.passphrase-short',
      what: `The passphrase has fewer than ${SHORTEST_PASSPHRASE} characters.`,
      mend: 'Take a longer one, such as five random words, and tell it to the person by another way than the copy.',
    })
  }
  await encrypterFor(lock.recipients)
}

async function encrypterFor(recipients: readonly string[]): Promise<Encrypter> {
  const age = await import('age-encryption')
  const encrypter = new age.Encrypter()
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient)
    } catch (cause) {
      throw new Fault({
        code: 'export.recipient-unknown',
        what: 'A recipient is no age key.',
        mend: 'An age key for receiving begins with age1; who receives the copy makes one with age-keygen.',
        cause,
      })
    }
  }
  return encrypter
}

/** Where the bytes of a zip go on their way to `file`: as they are, or locked. `done` settles when all are written. */
export function locked(
  lock: ExportLock | undefined,
  file: WritableStream<Uint8Array>,
): { readonly into: WritableStream<Uint8Array>; done(): Promise<void> } {
  if (lock === undefined) return { into: file, done: async () => {} }
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const written = 'passphrase' in lock ? zipped(readable, file, lock.passphrase) : aged(readable, file, lock.recipients)
  written.catch(() => undefined)
  return { into: writable, done: () => written }
}

/** One entry in an encrypted zip, so that the names inside are locked too. */
async function zipped(
  from: ReadableStream<Uint8Array>,
  file: WritableStream<Uint8Array>,
  password: string,
): Promise<void> {
  const options = { password, encryptionStrength: 3, level: 0, zip64: true, useWebWorkers: false } as const
  const zip = new ZipWriter(file, options)
  await zip.add('copy.zip', from)
  await zip.close()
}

async function aged(
  from: ReadableStream<Uint8Array>,
  file: WritableStream<Uint8Array>,
  recipients: readonly string[],
): Promise<void> {
  const encrypted = await (await encrypterFor(recipients)).encrypt(from)
  await encrypted.pipeTo(file)
}
