import { randomId } from '../base/ids.ts'
import type { CaseChange, CaseCommit, NewCase, NewCaseFile, NewCaseMessage, NewCaseToken } from '../cases.ts'
import type { Entry, Json } from '../ledger.ts'
import type { CaseChangeRow, CaseFileRow, CaseMessageRow, CaseOpenRow, CaseTokenRow } from './case-operations.ts'
import { letterRow } from './letters.ts'
import type { Operation } from './operations.ts'
import type { Vault } from './vault.ts'

/** The operations of one commit; every step takes the index of the entry that attests it. */
export function caseOperations(
  vault: Vault,
  commit: CaseCommit,
  at: string,
): (entries: readonly Entry[]) => Operation[] {
  const open = (commit.opened ?? []).map((one) => openRow(vault, one))
  const change = (commit.changed ?? []).map((one) => changeRow(vault, one, at))
  const message = (commit.messages ?? []).map((one) => messageRow(vault, one, at))
  const token = (commit.tokens ?? []).map((one) => tokenRow(vault, one, at))
  const file = (commit.files ?? []).map((one) => fileRow(vault, one, at))
  const letter = (commit.letters ?? []).map((one) => letterRow(vault, one, at))
  const used = (commit.used ?? []).map((id) => ({ id, at }))
  const ended = (commit.destroyed ?? []).map((id) => ({ id, at }))
  return (entries) => {
    const step = commit.steps.map(({ fact: _fact, detail = {}, ...one }, index) => ({
      ...one,
      detail,
      at,
      evidence: entries[index]?.index ?? 0,
    }))
    const operations: Operation[] = [
      { kind: 'case-open', rows: open },
      { kind: 'case-change', rows: change },
      { kind: 'case-token-use', rows: used },
      { kind: 'case-step', rows: step },
      { kind: 'case-message', rows: message },
      { kind: 'case-token', rows: token },
      { kind: 'case-file', rows: file },
      { kind: 'case-file-end', rows: ended },
      { kind: 'letter', rows: letter },
    ]
    return operations.filter(({ rows }) => rows.length > 0)
  }
}

function openRow(vault: Vault, one: NewCase): CaseOpenRow {
  const { receivedAt, dueAt, sealed, contact, subject, origin, ...row } = one
  return {
    ...row,
    received: receivedAt,
    due: dueAt,
    ...(contact === undefined ? {} : { contact: vault.tag('case-contact', contact) }),
    ...(subject === undefined ? {} : { subject: vault.tag('case-subject', subject) }),
    ...(origin === undefined ? {} : { origin: vault.tag('case-origin', origin) }),
    ...vault.seal('case', one.id, sealed),
  }
}

function changeRow(vault: Vault, { sealed, dueAt, ...change }: CaseChange, at: string): CaseChangeRow {
  const secrets =
    sealed === null ? { destroy: true } : sealed === undefined ? {} : vault.seal('case', change.id, sealed)
  return { ...change, at, ...(dueAt === undefined ? {} : { due: dueAt }), ...secrets }
}

function messageRow(vault: Vault, { subject, text, once, ...message }: NewCaseMessage, at: string): CaseMessageRow {
  const id = randomId(12)
  return {
    ...message,
    id,
    at,
    ...(once === undefined ? {} : { once: vault.tag('message-once', once) }),
    ...vault.seal('case-message', id, { subject, text }),
  }
}

/** A guessable secret is bound to its case: the same code in another case is another one. */
function tokenRow(vault: Vault, one: NewCaseToken, at: string): CaseTokenRow {
  const id = randomId(12)
  const { purpose, secret, tries, bound, used } = one
  const tag = tries === undefined ? [purpose, secret] : [purpose, one.case, secret]
  return {
    id,
    case: one.case,
    purpose,
    expires: one.expiresAt,
    tag: vault.tag('case-token', ...tag),
    ...(tries === undefined ? {} : { tries }),
    ...(used === undefined ? {} : { used: at }),
    ...(bound === undefined ? {} : vault.seal('case-token', id, bound as Json)),
  }
}

function fileRow(vault: Vault, one: NewCaseFile, at: string): CaseFileRow {
  const { mediaType, expiresAt, content, ...file } = one
  const secrets = content === undefined ? {} : vault.sealBytes('case-file', one.id, content)
  return { ...file, media: mediaType, at, expires: expiresAt, ...secrets }
}
