import type { PreviewRow } from '../../connector.ts'
import type { RequestDocument, StoreReport } from '../../requests/report.ts'
import type { Residual } from '../../requests/sealed.ts'
import { columns, count } from './columns.ts'

const STATES: Record<RequestDocument['state'], string> = {
  received: 'received',
  'awaiting-approval': 'waits for approval',
  approved: 'approved',
  executing: 'being carried out',
  proving: 'carried out, to be proven',
  open: 'held open',
  done: 'done',
  denied: 'denied',
  cancelled: 'cancelled',
}

const DONE: Record<PreviewRow['action'], string> = {
  row: 'deleted',
  part: 'cells erased',
  'keep-link': 'link kept',
  kept: 'kept',
  mention: 'mention redacted',
  correct: 'corrected',
  stop: 'switched off',
  remove: 'taken off',
}

const TO_DO: Record<PreviewRow['action'], string> = {
  row: 'to delete',
  part: 'cells to erase',
  'keep-link': 'link stays',
  kept: 'stays',
  mention: 'mention to redact',
  correct: 'to correct',
  stop: 'to switch off',
  remove: 'to take off',
}

const WHY_SHARED = {
  'other-people': 'other people stand in them too',
  mention: 'they only mention the person',
  referenced: 'other rows point to them',
} as const

const CLASSES: Record<Residual['class'], string> = {
  missed: 'missed: should be gone',
  unmapped: 'unmapped: the map does not say what this is',
  ambiguous: 'ambiguous: nobody can tell whose it is',
  kept: 'kept under a named exception',
  'other-person': "another person's",
}

/** The same for what a correction overwrote, and for a use that was to stop. */
const OLD_CLASSES: Record<Residual['class'], string> = {
  missed: 'missed: is not as it should be',
  unmapped: 'unmapped: the map does not say what this is',
  ambiguous: 'declared as something else: nobody can tell whether it is outdated',
  kept: 'history or text, left as it was',
  'other-person': "another person's",
}

const MET: Partial<Record<RequestDocument['kind'], string>> = {
  erasure: 'What the person was known by still stands in:',
  correction: 'What was outdated, or is not as it should be, stands in:',
  objection: 'The use goes on in:',
  withdrawal: 'The use goes on in:',
}

const NONE_MET: Partial<Record<RequestDocument['kind'], string>> = {
  correction: 'no outdated value was found.',
  objection: 'the use has stopped in every declared place.',
  withdrawal: 'the use has stopped in every declared place.',
}

/** A request in plain words. `places`: the options that lead to the same policy and data folder. */
export function requestText(document: RequestDocument, places: string): string {
  const { id, kind, state, stores, candidates, dueAt, policyVersion } = document
  const blocked = state === 'awaiting-approval' && stores.some(({ obstacles }) => obstacles.length > 0)
  const stands = blocked ? 'cannot be carried out yet' : STATES[state]
  const lines = [`Request ${id}: ${kind}, ${stands}. To be answered by ${dueAt.slice(0, 10)}.`]
  if (policyVersion.date !== null) lines.push(`Under the policy of ${policyVersion.date}.`)
  const executed = kind !== 'access' && stores.some((store) => store.state === 'executed' || store.state === 'proven')
  for (const store of stores) lines.push('', ...storeLines(store, kind, executed))
  lines.push(...candidateLines(candidates, state))
  lines.push(...proofLines(document))
  lines.push(...nextLines(document, blocked, places))
  return `${lines.join('\n')}\n`
}

function candidateLines(candidates: RequestDocument['candidates'], state: RequestDocument['state']): string[] {
  if (candidates.length === 0) return []
  const over = state === 'done' || state === 'denied' || state === 'cancelled'
  return [
    '',
    over
      ? 'Shared a hint, was not accepted as the same person, and was left alone:'
      : 'Perhaps the same person (they share a hint; nothing of theirs is touched unless accepted):',
    ...columns(
      candidates.map(({ hint, store, table, key }) => [
        `  same ${hint}`,
        key === null ? `${store}.${table}` : `${store}.${table}:${key}`,
      ]),
    ),
  ]
}

function storeLines(store: StoreReport, kind: RequestDocument['kind'], executed: boolean): string[] {
  const lines = [`Store ${store.store}`]
  const [first] = store.unreachable
  const tables = count(store.unreachable.length, 'table')
  if (first?.why === 'store.unreachable') lines.push(`  not reached; ${tables} not visited`)
  else if (first) lines.push(`  not carried out: ${tables} not visited [${first.why}]${failedAt(store)}`)
  else if (store.tables.length + store.kept.length === 0) lines.push('  nothing found')
  const words = executed ? DONE : TO_DO
  const copied = store.state === 'proven' ? 'copied' : 'to copy'
  lines.push(
    ...columns(
      (kind === 'access' ? byRole(store) : store.tables).map(({ table, rows, action, role, fields }) => [
        `  ${table}`,
        count(rows, 'row'),
        kind === 'access' ? copied : action === 'part' && fields.length === 0 ? 'stays, shared' : words[action],
        role,
        fields.join(', '),
      ]),
    ),
  )
  for (const { table, role, rows, why } of kind === 'access' ? [] : store.shared) {
    lines.push(`  shared: ${table}, ${count(rows, 'row')} as ${role}: ${WHY_SHARED[why]}`)
  }
  for (const { table, field, rows, exception, until, undated } of kind === 'access' ? [] : store.kept) {
    const end =
      until === undefined && undated !== undefined
        ? 'end unknown'
        : until === undefined
          ? 'without an end by itself'
          : `until ${until}`
    const undatedRows = undated === undefined ? '' : `; ${count(undated, 'row')} whose clock says nothing`
    lines.push(`  kept: ${table}.${field}, ${count(rows, 'row')} under ${exception}, ${end}${undatedRows}`)
  }
  for (const { table, field, cells } of store.removed) {
    lines.push(`  removed whole: ${table}.${field}, ${count(cells, 'container')} that could not be rewritten`)
  }
  for (const { code, table, what, mend } of store.obstacles) {
    lines.push(`  cannot: ${table}: ${what} [${code}]`, `    mend: ${mend}`)
  }
  return lines
}

const FAILED: Readonly<Record<string, string>> = {
  skipped: 'a trigger left a row as it was',
  raised: 'a trigger or function refused',
  constraint: 'a constraint refused',
  locked: 'somebody else holds a lock',
}

function failedAt({ failed }: StoreReport): string {
  if (failed === undefined) return ''
  const why = FAILED[failed.why] ?? 'it failed'
  return `: ${why}${failed.table === undefined ? '' : ` in ${failed.table}`}; nothing of the person was changed`
}

/** A copy takes every row alike: one line for a table and role, whatever an erasure would do to its rows. */
function byRole({ tables, kept }: StoreReport): PreviewRow[] {
  const groups = new Map<string, PreviewRow>()
  for (const row of tables) {
    const name = `${row.table}\u0000${row.role}`
    const known = groups.get(name)
    const stays = kept.filter(({ table }) => table === row.table && row.action !== 'mention')
    const fields = [...new Set([...(known?.fields ?? []), ...row.fields, ...stays.map(({ field }) => field)])]
    groups.set(name, { ...row, rows: row.rows + (known?.rows ?? 0), fields })
  }
  return [...groups.values()]
}

function proofLines(document: RequestDocument): string[] {
  const { proof } = document
  if (!proof) return []
  if (proof.cells === 0 && document.stores.every(({ state }) => state !== 'proven')) return ['', 'Proof: none yet.']
  const met = proof.residual.length > 0 ? ` ${MET[document.kind] ?? MET.erasure}` : ''
  const lines = ['', `Proof: ${proof.cells > 0 ? `${proof.cells} cells` : 'the rows'} read again.${met}`]
  const groups = new Map<string, number>()
  for (const residual of proof.residual) {
    const place = `${residual.store}.${residual.table}.${residual.column}`
    const line = `  ${place}\u0000${residual.identity}${residual.encoding === 'raw' ? '' : ` in ${residual.encoding}`}\u0000${(document.kind === 'erasure' ? CLASSES : OLD_CLASSES)[residual.class]}`
    groups.set(line, (groups.get(line) ?? 0) + 1)
  }
  lines.push(...columns([...groups].map(([line, times]) => [...line.split('\u0000'), count(times, 'place')])))
  if (proof.residual.length === 0) lines.push(`  ${NONE_MET[document.kind] ?? 'nothing of the person was found.'}`)
  lines.push(`  rows of other people touched: ${proof.foreignRowsTouched}`)
  for (const { store, reached } of document.stores) {
    for (const { table, rows } of reached ?? [])
      lines.push(`    ${store}.${table}: ${count(rows, 'row')} by triggers or cascades that the map allows`)
  }
  for (const { store, table, column, why } of proof.unread) {
    lines.push(`  could not be read: ${store}.${table}${column === undefined ? '' : `.${column}`}: ${why}`)
  }
  if (proof.notSearched.length > 0)
    lines.push(`  not searched for (too short or a row number): ${proof.notSearched.join(', ')}`)
  return lines
}

function nextLines(document: RequestDocument, blocked: boolean, places: string): string[] {
  const { id, kind, state, evidence } = document
  const lines: string[] = []
  if (evidence.first !== null) lines.push('', `Evidence: entries ${evidence.first} to ${evidence.last}.`)
  if (blocked) {
    return [...lines, '', `Mend what stands in the way, then: kept request resume ${id}${places}`]
  }
  if (state === 'awaiting-approval' && kind !== 'access') {
    return [...lines, '', `To approve: kept request approve ${id} --by WHO${places}`]
  }
  if (state === 'awaiting-approval') return [...lines, '', `To copy: kept request resume ${id}${places}`]
  if (state === 'open') {
    const holding = whatHolds(document)
    const mend = holding.length > 0 ? `Held open by ${holding.join(', and by ')}.` : ''
    return [...lines, '', ...(mend ? [mend] : []), `When that is mended: kept request resume ${id}${places}`]
  }
  const goesOn = state === 'approved' || state === 'executing' || state === 'proving'
  return goesOn ? [...lines, '', `To go on: kept request resume ${id}${places}`] : lines
}

/** What a person has to mend before an open request can end. */
function whatHolds({ stores, proof }: RequestDocument): string[] {
  const down = stores.filter(({ unreachable }) => unreachable.some(({ why }) => why === 'store.unreachable'))
  const failed = stores.filter(({ unreachable }) => unreachable.some(({ why }) => why !== 'store.unreachable'))
  const left = proof?.residual.filter((one) => one.class !== 'kept' && one.class !== 'other-person') ?? []
  const places = new Set(left.map(({ store, table, column }) => `${store}.${table}.${column}`))
  const unread = proof?.unread.length ?? 0
  const holding = [
    ...down.map(({ store }) => `store ${store}, which was not reached`),
    ...failed.map(({ store }) => `store ${store}, which did not carry it out`),
    ...(places.size > 0 ? [`what still stands in ${[...places].join(', ')}`] : []),
  ]
  // Most places that cannot be read hold nothing up: they are named only where nothing else does.
  return holding.length === 0 && unread > 0 ? [`${count(unread, 'place')} that could not be read`] : holding
}
