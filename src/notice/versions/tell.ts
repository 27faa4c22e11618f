/** People are told of a version by mail: every address the stores hold gets one letter, and it counts once mail servers took them. */
import { sha256Hex } from '../../base/hash.ts'
import { fact } from '../../language/facts.ts'
import { Fault } from '../../language/fault.ts'
import type { LetterState, Letters } from '../../letters.ts'
import type { VersionRecord, VersionShown, Versions } from '../../records.ts'
import { changeLetter } from './change-letter.ts'

/** A store that can name the addresses of its people; `Store` of the connectors is one. */
export interface AddressSource {
  readonly map: { readonly store: string }
  addresses?(use: (block: readonly string[]) => Promise<void>): Promise<void>
}

export interface TellInput {
  readonly versions: Versions
  readonly letters: Letters
  readonly version: VersionRecord
  readonly controller: string
  /** All stores: one that is left out is a person who is not told. */
  readonly sources: readonly AddressSource[]
  /** Where the version stands. */
  readonly page: string
  /** BCP 47; one that comes with Kept. */
  readonly language: Parameters<typeof changeLetter>[3]
  /** Right side of the letters' Message-IDs. */
  readonly domain?: string
}

/** What became of the letters of a version. */
export interface Telling {
  /** Addresses read from each store; one person may stand in several. */
  readonly stores: readonly { readonly store: string; readonly addresses: number }[]
  readonly letters: Readonly<Record<LetterState, number>>
}

const aboutOf = ({ number }: VersionRecord): string => `policy-version-${number}`

/** By which two spellings are one mailbox; also what keeps a person from a second letter. */
const spelled = (address: string): string => address.trim().toLowerCase()

/**
 * Posts a letter to every address of the stores, once for each, however often it is called: what a crash left out is
 * posted then, and who came in the meantime. Sends nothing. Faults `notice.no-addresses` for a store that cannot name
 * its people, and those of the stores.
 */
export const tellByMail = async (input: TellInput): Promise<Telling> => {
  const { letters, version, sources } = input
  const about = aboutOf(version)
  const { subject, text } = changeLetter(version, input.controller, input.page, input.language)
  const stores: { store: string; addresses: number }[] = []
  for (const source of sources) {
    if (source.addresses === undefined) throw noAddresses(source.map.store)
    let addresses = 0
    await source.addresses(async (block) => {
      const found = [...new Set(block.map(spelled))].filter((address) => address !== '')
      addresses += found.length
      await letters.post(
        found.map((to) => ({
          type: 'policy-change',
          to,
          language: input.language,
          subject,
          text,
          about,
          once: `${about} ${to}`,
          ...(input.domain === undefined ? {} : { domain: input.domain }),
        })),
      )
    })
    stores.push({ store: source.map.store, addresses })
  }
  return { stores, letters: await letters.counts(about) }
}

/**
 * Records that people were told, where no letter waits any more. `unreached`: how many letters failed or came back, as
 * somebody has seen and answers for. Faults `notice.nobody-told`, `notice.letters-wait`, `notice.unreached`.
 */
export const recordTelling = async (
  { versions, version, controller, page, language }: Omit<TellInput, 'letters' | 'sources'>,
  { stores, letters }: Telling,
  unreached: number,
): Promise<VersionShown> => {
  const { waiting, accepted, bounced, failed } = letters
  if (waiting > 0) throw lettersWait(version.date, waiting)
  if (accepted === 0) throw nobodyTold(version.date, failed + bounced)
  if (failed + bounced !== unreached) throw notReached(version.date, failed + bounced)
  const { subject, text } = changeLetter(version, controller, page, language)
  const sha256 = sha256Hex(`${subject}\n\n${text}`)
  const attested = fact('policy.told/1', {
    version: version.number,
    notice: version.notice,
    text: sha256,
    stores: [...stores],
    accepted,
    bounced,
    failed,
  })
  return await versions.showVersion(version.number, { by: 'mail', place: page, sha256 }, attested)
}

const noAddresses = (store: string): Fault =>
  new Fault({
    code: 'notice.no-addresses',
    what: `Store ${store} cannot name the mail addresses of its people.`,
    mend: 'Promise another way of telling in the policy, or keep addresses as keys of people in a store that can.',
  })

const lettersWait = (date: string, waiting: number): Fault =>
  new Fault({
    code: 'notice.letters-wait',
    what: `${waiting} letters on the version of ${date} wait to be taken by a mail server.`,
    mend: 'kept mail send sends what is due; then run kept notice tell again.',
  })

const nobodyTold = (date: string, lost: number): Fault =>
  new Fault({
    code: 'notice.nobody-told',
    what: `No mail server took a letter on the version of ${date}${lost === 0 ? '' : `; ${lost} were refused or came back`}.`,
    mend: 'See why with kept mail check; the version before it stays in force.',
  })

const notReached = (date: string, lost: number): Fault =>
  new Fault({
    code: 'notice.unreached',
    what: `${lost} letters on the version of ${date} were refused for good or came back: these people are not told.`,
    mend: `Tell them another way, or decide that it is enough: kept notice tell ${date} --unreached ${lost}.`,
  })
