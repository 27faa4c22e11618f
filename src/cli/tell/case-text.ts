import type { CaseRecord } from '../../cases.ts'
import type { tellStaff } from '../../intake/tell.ts'
import { wordsOf } from '../../intake/words.ts'
import { columns, count, printable } from './columns.ts'

const day = (instant: string): string => instant.slice(0, 10)

/** A case for a terminal: where it stands, what is to be done, what was. */
export function caseText(told: Awaited<ReturnType<typeof tellStaff>>): string {
  const { case: record, person, steps, messages, files, letters, bodies } = told
  const lines = [headline(record), ...tasksOf(record)]
  const { clock } = record
  const verified = clock.verified ? '' : ', nobody has looked that up yet'
  lines.push('', `Due ${day(record.dueAt)} by ${clock.law} (${clock.source}${verified})`)
  if (clock.latest !== undefined && record.extension === undefined) {
    lines.push(`May be extended to ${day(clock.latest)}, with a reason and told before it is due`)
  }
  if (clock.confirmBy !== undefined) lines.push(`Its receipt is to be confirmed by ${day(clock.confirmBy)}`)
  for (const { name, status } of bodies) {
    const looked = status === 'unverified' ? ' (nobody looked that up: name it under recourse)' : ''
    lines.push(`May complain to ${name}${looked}`)
  }
  if (record.decision?.ground !== undefined) lines.push(`Denied: ${record.decision.ground}`)
  if (record.requests.length > 0) lines.push(`In the stores: request ${record.requests.join(', ')}`)
  if (person === undefined) lines.push('', 'What it held of the person is destroyed.')
  else {
    const named = (identities: typeof person.identities) =>
      identities.map(({ kind, value }) => `${kind}=${value}`).join(', ')
    lines.push('', `Contact ${person.contact ?? '–'}`, `Asked about ${named(person.identities)}`)
    lines.push(`Shown to be ${named(person.proven) || '–'}`)
  }
  lines.push('', 'Steps')
  const rows = steps.map(({ at, step, by, evidence }) => [`  ${day(at)}`, step, by, `evidence ${evidence}`])
  lines.push(...columns(rows))
  const written = messages.filter(
    ({ content }) => content !== undefined && `${content.subject}${content.text}`.trim() !== '',
  )
  for (const { at, from, content } of written) {
    const text = `${content?.subject ?? ''}\n${content?.text ?? ''}`.trim().split('\n')
    lines.push('', `${day(at)} from ${from}`, ...text.map((line) => `  ${printable(line)}`))
  }
  if (files.length > 0) lines.push('', 'Files')
  lines.push(
    ...columns(
      files.map(({ id, what, mediaType, bytes, expiresAt, destroyedAt }) => {
        const until = destroyedAt === undefined ? `until ${day(expiresAt)}` : `destroyed ${day(destroyedAt)}`
        return [`  ${id}`, what, mediaType, count(bytes, 'byte'), until]
      }),
    ),
  )
  if (letters.length > 0) lines.push('', 'Letters')
  lines.push(
    ...columns(
      letters.map(({ createdAt, type, state, attempts }) => [
        `  ${day(createdAt)}`,
        type,
        state,
        attempts === 1 ? '1 try' : `${attempts} tries`,
      ]),
    ),
  )
  return `${lines.join('\n')}\n`
}

function headline({ id, kind, state, channel, receivedAt }: CaseRecord): string {
  return `Case ${id}: ${kind}, ${state}. Received ${day(receivedAt)} by ${channel}.`
}

function tasksOf({ tasks }: CaseRecord): string[] {
  const words = wordsOf('en').tasks
  return tasks.map((task) => `  to do: ${words[task] ?? task}`)
}

/** Cases in a table, newest first. */
export function casesText(records: readonly CaseRecord[]): string {
  if (records.length === 0) return 'No cases.\n'
  const head = ['id', 'kind', 'state', 'received', 'due', 'to do']
  const rows = records.map(({ id, kind, state, receivedAt, dueAt, tasks }) => [
    id,
    kind,
    state,
    day(receivedAt),
    day(dueAt),
    tasks.join(', ') || '–',
  ])
  return `${columns([head, ...rows]).join('\n')}\n`
}
