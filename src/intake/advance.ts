import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { instant } from '../base/clock.ts'
import { addDuration } from '../base/duration.ts'
import { randomId } from '../base/ids.ts'
import type { CaseKind, CaseRecord } from '../cases.ts'
import type { Letter } from '../letters.ts'
import type { RequestKind } from '../records.ts'
import { letterTo, taskLetter } from './compose.ts'
import { newPassphrase, pageToken, proofLetters } from './identity.ts'
import { type Intake, type Progressed, TERMS } from './intake.ts'
import { caseKinds } from './kinds.ts'
import { answerAddress, type CaseSealed, sealedOf } from './sealed.ts'
import { caseOf, type Turn, turn } from './turn.ts'
import { dayWords } from './words.ts'

const automaticKinds: readonly CaseKind[] = ['access', 'portability']

/**
 * Takes a case as far as it goes without a person: asks for the identity, searches, carries out what was decided, answers.
 * Each step is one commit, so it may be called again after any crash, and by any worker. Faults of stores are let through.
 */
export async function advance(intake: Intake, id: string): Promise<CaseRecord> {
  let record = await caseOf(intake, id)
  for (;;) {
    const then = await step(intake, record)
    if (then === undefined) return record
    record = then
  }
}

/** One step on; undefined where the case waits for somebody. */
async function step(intake: Intake, record: CaseRecord): Promise<CaseRecord | undefined> {
  switch (record.state) {
    case 'identity':
      return record.lookUp === true ? askKnownAddresses(intake, record) : undefined
    case 'search':
      return search(intake, record)
    case 'decision':
      return carryOut(intake, record)
    case 'carried-out':
      return prove(intake, record)
    case 'proven':
      return answerDone(intake, record)
    default:
      return undefined
  }
}

/**
 * Somebody named, say, a customer number: the letter goes to the addresses that the stores hold for it, never to the one
 * that was typed. Where they hold none nothing is sent, and nobody is told.
 */
async function askKnownAddresses(intake: Intake, record: CaseRecord): Promise<CaseRecord> {
  const { identities } = await sealedOf(intake, record.id)
  const others = identities.filter(({ kind }) => kind !== 'email')
  const typed = new Set(identities.flatMap(({ kind, value }) => (kind === 'email' ? [value] : [])))
  const known = (await intake.stores.addresses(others)).map((one) => one.toLowerCase()).filter((one) => !typed.has(one))
  const { letters, tokens } = proofLetters(intake, record, [...new Set(known)].slice(0, 3))
  const asked = { step: 'identity-asked', by: 'kept', letters, tokens, says: { count: letters.length } } as const
  return turn(intake, record, { ...asked, detail: { lookUp: false } })
}

async function search(intake: Intake, record: CaseRecord): Promise<CaseRecord | undefined> {
  const request = requestKind(intake, record.kind)
  if (request === undefined)
    return waitFor(intake, record, { step: 'searched', by: 'kept', state: 'preview', todo: ['decide'] })
  const [linked] = record.requests
  // The id is written down before the request is made: whatever crashes, there is one request.
  if (linked === undefined) {
    const id = randomId(12)
    return turn(intake, record, {
      step: 'request-linked',
      by: 'kept',
      detail: { requests: [id] },
      says: { linked: id },
    })
  }
  const sealed = await sealedOf(intake, record.id)
  const seen = await intake.stores.ask(linked, request, sealed.proven, record.dueAt)
  if (seen.unreachable.length > 0) return undefined
  if (seen.nothing) return answerNothing(intake, record, sealed, linked)
  const detail = { seen: seen.hash }
  const searched = {
    step: 'searched',
    by: 'kept',
    state: 'preview',
    detail,
    says: { linked, sha256: seen.hash },
  } as const
  const kinds = intake.settings.automatic ?? automaticKinds
  const doubtful = seen.candidates > 0 || seen.obstacles > 0 || record.behalf !== undefined
  if (!kinds.includes(record.kind) || doubtful) return waitFor(intake, record, { ...searched, todo: ['decide'] })
  const previewed = await turn(intake, record, searched)
  const decision = { outcome: 'granted', at: instant(intake.now()) } as const
  return turn(intake, previewed, { step: 'granted', by: 'kept', state: 'decision', detail: { decision } })
}

/** The request that carries the case out, where the stores can. */
export function requestKind({ stores }: Intake, kind: CaseKind): RequestKind | undefined {
  const { request } = caseKinds[kind]
  return request !== undefined && stores.kinds.has(request) ? request : undefined
}

/** A step after which a person of the staff has something to do, who is told. */
async function waitFor(intake: Intake, record: CaseRecord, given: Turn): Promise<CaseRecord> {
  const tasks = [...new Set([...record.tasks, ...(given.todo ?? [])])]
  return turn(intake, record, {
    ...given,
    letters: [...(given.letters ?? []), ...taskLetter(intake, { ...record, tasks })],
  })
}

async function carryOut(intake: Intake, record: CaseRecord): Promise<CaseRecord | undefined> {
  const [linked] = record.requests
  if (linked === undefined) {
    if (record.tasks.includes('carry-out')) return undefined
    return waitFor(intake, record, { step: 'handed-over', by: 'kept', todo: ['carry-out'] })
  }
  const by = record.decision?.by ?? 'kept'
  const done = { step: 'carried-out', by: 'kept', state: 'carried-out', done: ['finish', 'carry-out'] } as const
  if (caseKinds[record.kind].copy !== true) {
    const progress = await intake.stores.carryOut(linked, by, record.seen ?? '')
    // Somebody has to see what there is now: the decision held for something else.
    if (progress.state === 'changed') return turn(intake, record, { step: 'changed', by: 'kept', state: 'search' })
    if (progress.state !== 'done') return held(intake, record, progress)
    return turn(intake, record, { ...done, says: { linked } })
  }
  const sealed = await sealedOf(intake, record.id)
  // Put down before the copy is made: after a crash the copy that is there can still be opened.
  if (sealed.passphrase === undefined) {
    const passphrase = { words: newPassphrase(), shown: false }
    return turn(intake, record, { step: 'copy-prepared', by: 'kept', sealed: { ...sealed, passphrase } })
  }
  const path = copyPath(intake, linked)
  const progress = await intake.stores.copy(linked, path, sealed.passphrase.words)
  if (progress.state !== 'done') return held(intake, record, progress)
  const expiresAt = instant(addDuration(intake.now(), TERMS.download))
  const { size: bytes } = await stat(path)
  const file = {
    id: linked,
    case: record.id,
    what: 'download',
    mediaType: 'application/zip',
    bytes,
    expiresAt,
  } as const
  return turn(intake, record, { ...done, files: [file], detail: { copy: linked }, says: { linked, file: linked } })
}

/** Where a copy lies until it expires. */
export const copyPath = ({ settings }: Intake, file: string): string => join(settings.directory, `${file}.zip`)

/** Something holds the request open: a person is told once. */
async function held(intake: Intake, record: CaseRecord, { why }: Progressed): Promise<CaseRecord | undefined> {
  if (record.tasks.includes('finish')) return undefined
  const says = why === undefined ? {} : { says: { why } }
  await waitFor(intake, record, { step: 'held-open', by: 'kept', todo: ['finish'], ...says })
  return undefined
}

async function prove(intake: Intake, record: CaseRecord): Promise<CaseRecord | undefined> {
  const [linked] = record.requests
  if (linked === undefined) return answerDone(intake, record)
  const progress = await intake.stores.progress(linked)
  if (progress.state !== 'done') return held(intake, record, progress)
  return turn(intake, record, { step: 'proven', by: 'kept', state: 'proven', done: ['finish'], says: { linked } })
}

async function answerNothing(
  intake: Intake,
  record: CaseRecord,
  sealed: CaseSealed,
  linked: string,
): Promise<CaseRecord> {
  const at = instant(intake.now())
  await intake.stores.end(linked, 'kept')
  const to = answerAddress(sealed)
  const identities = sealed.proven.map(({ kind, value }) => `- ${kind === 'email' ? value : kind}`).join('\n')
  const answered = await turn(intake, record, {
    step: 'nothing-held',
    by: 'kept',
    state: 'answered',
    detail: { decision: { outcome: 'nothing-held', at }, answer: { at } },
    letters: to === undefined ? [] : [letterTo(intake, record, to, 'nothing', { identities })],
    sealed: withoutPassphrase(sealed),
    says: { linked },
  })
  return closeAnswered(intake, answered)
}

async function answerDone(intake: Intake, record: CaseRecord): Promise<CaseRecord> {
  const sealed = await sealedOf(intake, record.id)
  const to = answerAddress(sealed)
  const at = instant(intake.now())
  const file = record.copy
  const page = pageToken(intake, record.id)
  const letters: Letter[] = []
  if (to !== undefined && file !== undefined) {
    const expires = (await intake.cases.file(file))?.expiresAt ?? at
    const values = {
      link: `${intake.settings.publicUrl}/case/${page.secret}`,
      expires: dayWords(expires, record.language),
    }
    letters.push(letterTo(intake, record, to, 'copy', values))
  } else if (to !== undefined) {
    const [linked] = record.requests
    const kept = linked === undefined ? [] : (await intake.stores.progress(linked)).kept
    const more = kept.length > 0 ? [{ text: 'kept', values: { kept: kept.join(', ') } }] : []
    const body = linked === undefined ? 'done-by-person' : 'done'
    letters.push(letterTo(intake, record, to, 'done', {}, { body, more }))
  }
  const answered = await turn(intake, record, {
    step: 'answered',
    by: 'kept',
    state: 'answered',
    done: ['late', 'answer', 'complaint', 'decide'],
    detail: { answer: { at, ...(file === undefined ? {} : { download: file }) } },
    letters,
    tokens: file === undefined ? [] : [page.token],
    ...(file === undefined ? { sealed: withoutPassphrase(sealed) } : {}),
  })
  return closeAnswered(intake, answered)
}

/** A case with a copy to fetch is closed when that expires; another one at once. */
export async function closeAnswered(intake: Intake, record: CaseRecord): Promise<CaseRecord> {
  if (record.copy !== undefined) return record
  const closing = { at: instant(intake.now()), why: 'answered' }
  return turn(intake, record, {
    step: 'closed',
    by: 'kept',
    state: 'closed',
    detail: { closing },
    says: { why: 'answered' },
  })
}

export function withoutPassphrase({ passphrase: _passphrase, ...sealed }: CaseSealed): CaseSealed {
  return sealed
}
