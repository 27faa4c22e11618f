import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { JsonValue } from '../base/canonical-json.ts'
import { Fault } from './fault.ts'
import { requestKinds } from './request-kinds.ts'

// No personal data can get into the evidence: every text is of a bounded, narrow form, and no other members are allowed.

/** An id Kept made itself: lower-case letters and digits. */
const request = z.string().regex(/^[0-9a-hjkmnp-tv-z]{12}$/)
/** A person's pseudonym or a staff member's id: `p` or `s` and 26 letters. */
const person = z.string().regex(/^p[0-9a-z]{26}$/)
const staff = z.string().regex(/^s[0-9a-z]{26}$/)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
/** A name out of a policy, store map or schema; see `evidenceName`. */
const namePattern = /^[A-Za-z_][A-Za-z0-9_$-]{0,62}(\.[A-Za-z_][A-Za-z0-9_$-]{0,62}){0,3}$/
const name = z.string().regex(namePattern)
/** A code born in the source: `policy.unknown-key`. */
const code = z.string().regex(/^[a-z][a-z0-9-]{0,40}(\.[a-z0-9-]{1,40}){0,3}$/)
const count = z.int().min(0)
const instant = z.string().regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{1,6})?Z)?$/)
const list = <T extends z.ZodType>(item: T) => z.array(item).max(10_000)
const rowsByTable = list(z.strictObject({ table: name, role: name.optional(), action: code.optional(), rows: count }))
const keptRows = list(
  z.strictObject({ table: name, field: name.optional(), rows: count, exception: name, until: instant.optional() }),
)

const caseKind = z.enum([
  'access',
  'portability',
  'correction',
  'erasure',
  'restriction',
  'objection',
  'withdrawal',
  'automated-decision',
  'marketing-disclosures',
  'opt-out',
  'minor-removal',
  'complaint',
  'question',
])
const letterType = z.enum(['case', 'identity', 'answer', 'task', 'policy-change', 'staff'])
/** A letter: about a case, or about another matter by its name. */
const letter = { letter: request, type: letterType, about: z.union([request, code, name]).optional(), attempts: count }
const reply = z.strictObject({
  code: count,
  status: z
    .string()
    .regex(/^[245]\.\d{1,3}\.\d{1,3}$/)
    .optional(),
})

/** Every type of fact, by its versioned name: adding one is one entry here. A type is never changed, only followed by the next version. */
export const factTypes = {
  'request.received/1': z.strictObject({
    request,
    kind: z.enum(['access', 'erasure']),
    person: person.optional(),
    policy: sha256,
    due: instant,
    stores: list(name),
  }),
  /** The kinds that the first version does not know. */
  'request.received/2': z.strictObject({
    request,
    kind: z.enum(requestKinds),
    person: person.optional(),
    policy: sha256,
    due: instant,
    stores: list(name),
    purpose: name.optional(),
  }),
  'request.previewed/1': z.strictObject({
    request,
    hash: sha256,
    stores: list(
      z.strictObject({
        store: name,
        tables: rowsByTable,
        shared: rowsByTable.optional(),
        kept: keptRows.optional(),
        obstacles: list(z.strictObject({ code, table: name.optional() })).optional(),
      }),
    ),
    unreachable: list(name).optional(),
    candidates: count.optional(),
  }),
  'request.approved/1': z.strictObject({ request, by: staff, hash: sha256 }),
  'request.denied/1': z.strictObject({ request, by: staff, ground: code }),
  'request.cancelled/1': z.strictObject({ request, by: staff.optional() }),
  'request.executed/1': z.strictObject({
    request,
    store: name,
    attempt: count.optional(),
    tables: rowsByTable,
    shared: rowsByTable.optional(),
    kept: keptRows.optional(),
    removed: list(z.strictObject({ table: name, field: name, cells: count })).optional(),
    foreignRows: count.optional(),
  }),
  'request.failed/1': z.strictObject({ request, store: name, fault: code, attempt: count.optional() }),
  'request.proven/1': z.strictObject({
    request,
    store: name,
    cells: count,
    bytes: count.optional(),
    residual: z.strictObject({
      missed: count,
      kept: count,
      unmapped: count,
      'other-person': count,
      ambiguous: count,
    }),
    foreignRows: count.optional(),
  }),
  'request.exported/1': z.strictObject({
    request,
    stores: list(z.strictObject({ store: name, tables: rowsByTable })),
    files: count.optional(),
    sha256: sha256.optional(),
  }),
  'task.opened/1': z.strictObject({ request, store: name, due: instant }),
  'task.answered/1': z.strictObject({
    request,
    store: name,
    outcome: z.enum(['done', 'failed']),
    by: staff,
    note: sha256.optional(),
  }),
  'request.closed/1': z.strictObject({
    request,
    state: z.enum(['done', 'open', 'denied', 'cancelled']),
    why: code.optional(),
  }),
  'request.replayed/1': z.strictObject({
    store: name,
    requests: count,
    tables: rowsByTable,
    reported: rowsByTable.optional(),
  }),
  'retention.swept/1': z.strictObject({
    store: name,
    policy: sha256,
    tables: list(z.strictObject({ table: name, rule: name, action: code, rows: count })),
    failed: count.optional(),
  }),
  'hold.added/1': z.strictObject({
    hold: request,
    ground: code,
    by: staff,
    until: instant,
    identities: count,
    data: list(name),
    stores: list(name),
  }),
  'hold.ended/1': z.strictObject({ hold: request, by: staff }),
  'staff.invited/1': z.strictObject({ staff, by: staff.optional(), roles: list(code) }),
  'staff.joined/1': z.strictObject({ staff, means: code }),
  'staff.signed-in/1': z.strictObject({ staff, means: code }),
  'staff.refused/1': z.strictObject({ means: code }),
  'staff.confirmed/1': z.strictObject({ staff, means: code }),
  'staff.signed-out/1': z.strictObject({ staff, everywhere: z.boolean() }),
  'staff.roles/1': z.strictObject({ staff, by: staff.optional(), roles: list(code) }),
  'staff.disabled/1': z.strictObject({ staff, by: staff.optional() }),
  'staff.token/1': z.strictObject({
    token: request,
    act: z.enum(['made', 'revoked']),
    by: staff.optional(),
    roles: list(code),
  }),
  'policy.read/1': z.strictObject({
    policy: sha256,
    version: z
      .string()
      .regex(/^[0-9]{1,6}(\.[0-9]{1,6}){0,3}$/)
      .optional(),
  }),
  'policy.published/1': z.strictObject({
    version: count,
    date: instant,
    effective: instant,
    policy: sha256,
    meaning: sha256,
    notice: sha256,
    wider: count,
    narrower: count,
    neutral: count,
    asks: list(name),
  }),
  'policy.shown/1': z.strictObject({ version: count, by: code, place: sha256, sha256 }),
  'policy.told/1': z.strictObject({
    version: count,
    notice: sha256,
    text: sha256,
    stores: list(z.strictObject({ store: name, addresses: count })),
    accepted: count,
    bounced: count,
    failed: count,
  }),
  'policy.activated/1': z.strictObject({
    version: count,
    date: instant,
    policy: sha256,
    notice: sha256,
    shown: count,
  }),
  'store.checked/1': z.strictObject({
    store: name,
    schema: sha256.optional(),
    reachable: z.boolean().optional(),
    findings: list(z.strictObject({ code, count })),
  }),
  'store.guarded/1': z.strictObject({
    store: name,
    mode: z.enum(['off', 'warn', 'refuse']),
    schema: sha256,
    tables: list(z.strictObject({ table: name, columns: count })),
    failed: list(z.strictObject({ table: name, code })).optional(),
  }),
  'evidence.key/1': z.strictObject({
    purpose: z.enum(['signing', 'suppression']),
    key: z.string().regex(/^[0-9a-f]{8,16}$/),
    from: instant,
    until: instant.optional(),
  }),
  'case.opened/1': z.strictObject({
    case: request,
    kind: caseKind,
    channel: z.enum(['api', 'form', 'staff', 'mail']),
    policy: sha256,
    due: instant,
    laws: list(name),
  }),
  /** A step in the life of a case; `linked` is a request that carries it out, `file` a document or copy. */
  'case.step/1': z.strictObject({
    case: request,
    step: code,
    by: staff.optional(),
    kind: caseKind.optional(),
    why: code.optional(),
    law: code.optional(),
    until: instant.optional(),
    linked: request.optional(),
    file: request.optional(),
    sha256: sha256.optional(),
    count: count.optional(),
  }),
  'letter.accepted/1': z.strictObject({ ...letter, reply: reply.optional() }),
  'letter.failed/1': z.strictObject({ ...letter, reply: reply.optional() }),
  'letter.bounced/1': z.strictObject(letter),
  // Written before the act it names: nothing is done that stands in no entry.
  'staff.asked/1': z.strictObject({ staff, act: code, subject: request.optional() }),
  'status.finding/1': z.strictObject({
    probe: code,
    subject: name,
    outcome: z.enum(['kept', 'broken', 'unproven']),
    count: count.optional(),
  }),
  'status.finding/2': z.strictObject({
    probe: code,
    subject: name,
    outcome: z.enum(['kept', 'broken', 'unproven']),
    policy: sha256,
    maps: list(z.strictObject({ store: name, sha256 })),
    count: count.optional(),
  }),
} satisfies Record<string, z.ZodType>

export type FactType = keyof typeof factTypes
export type FactBody<T extends FactType> = z.infer<(typeof factTypes)[T]>

/** A fact of a known type, checked by the compiler; the ledger checks it again. */
export function fact<T extends FactType>(
  type: T,
  body: FactBody<T>,
): { readonly type: T; readonly body: { readonly [key: string]: JsonValue } } {
  return { type, body: body as { readonly [key: string]: JsonValue } }
}

/**
 * Refuses a fact that could carry personal data: an unknown type, a member that is not declared, a text of another
 * form than declared. Fault `evidence.not-allowed` names the member, never the value.
 */
export function checkFact(given: { readonly type: string; readonly body: unknown }): void {
  const schema = Object.hasOwn(factTypes, given.type) ? factTypes[given.type as FactType] : undefined
  if (schema === undefined) {
    throw new Fault({
      code: 'evidence.not-allowed',
      what: 'An act was to be recorded as evidence under a type that is not declared.',
      mend: 'Declare the type in src/language/facts.ts.',
    })
  }
  const result = schema.safeParse(given.body)
  if (result.success) return
  const issue = result.error.issues[0]
  const path = issue?.path.map((part) => (typeof part === 'number' ? String(part) : declaredOnly(part))).join('.')
  throw new Fault({
    code: 'evidence.not-allowed',
    what: `Evidence of type ${given.type} may not hold what was given${path ? ` at ${path}` : ''}: ${issue?.code ?? 'invalid'}.`,
    mend: 'Give only ids, counts, codes, hashes and names of schemas; a name of another form goes through evidenceName.',
    where: path ? { path } : {},
  })
}

/** Members are named only if the source declared them: an undeclared one could itself be personal data. */
function declaredOnly(part: PropertyKey): string {
  return typeof part === 'string' && /^[A-Za-z-]{1,20}$/.test(part) ? part : '?'
}

/** A name of a table, column, store or exception as evidence may hold it: unusual ones (they can hold people's names) become a hash. */
export function evidenceName(given: string): string {
  if (namePattern.test(given)) return given
  return `name-${createHash('sha256').update(given).digest('hex').slice(0, 24)}`
}
