import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Identity } from '../connector.ts'
import type { Progressed, Seen, Stores } from '../intake/intake.ts'
import { Fault } from '../language/fault.ts'
import type { RequestKind, RequestRecord } from '../records.ts'
import { exportPerson } from '../requests/access.ts'
import { carryOut } from '../requests/carry-out.ts'
import { type Case, caseOf } from '../requests/case.ts'
import { approve, cancel, deny, present } from '../requests/decide.ts'
import { explain } from '../requests/export/explain.ts'
import { receive } from '../requests/receive.ts'
import type { Report } from '../requests/report.ts'
import { resume } from '../requests/resume.ts'
import type { AskedIdentity } from '../requests/sealed.ts'
import type { Workspace } from './workspace.ts'

const over: ReadonlySet<string> = new Set(['done', 'denied', 'cancelled'])

/** What cases do in the stores, done by the request engine: every call may be made again after a crash. */
export function caseStores(workspace: Workspace): Stores {
  const { engine, plan, maps } = workspace
  const names = maps.map(({ store }) => store)
  const placed = (identities: readonly Identity[]) => identities.map((identity) => place(identity, names))
  const recordOf = (id: string) => engine.records.request(id)
  const progress = async (id: string) => progressOf(await recordOf(id))
  return {
    kinds: new Set<RequestKind>(['access', 'erasure']),
    addresses: (identities) => addressesOf(workspace, placed(identities)),
    async ask(id, kind, identities, dueAt) {
      if ((await recordOf(id)) === undefined)
        await receive(engine, [{ id, kind, identities: placed(identities), dueAt }])
      const one = await caseOf(engine, id)
      const waits = one.record.state === 'received' || one.record.state === 'awaiting-approval'
      const [shown] = waits ? await present(engine, [one]) : [one]
      return seenOf(shown as Case)
    },
    async postpone(id, dueAt) {
      const record = await recordOf(id)
      if (record === undefined || over.has(record.state) || record.dueAt === dueAt) return
      await engine.records.change([{ id, revision: record.revision, dueAt }], [])
    },
    async carryOut(id, by, seen) {
      const record = await recordOf(id)
      if (record === undefined || over.has(record.state)) return progressOf(record)
      const one = await caseOf(engine, id)
      if (record.state === 'awaiting-approval' && one.sealed.shown?.hash !== seen) return { state: 'changed', kept: [] }
      try {
        if (record.state === 'awaiting-approval') await approve(engine, id, { by })
        if (record.state === 'awaiting-approval' || record.state === 'approved') await carryOut(engine, [id])
        else await resume(engine, id)
      } catch (error) {
        if (!(error instanceof Fault)) throw error
        if (error.code === 'request.changed') return { state: 'changed', kept: [] }
        if (error.code === 'request.obstacle') return { state: 'open', why: error.code, kept: [] }
        throw error
      }
      return progress(id)
    },
    async copy(id, file, passphrase) {
      const record = await recordOf(id)
      if (record !== undefined && over.has(record.state)) {
        return existsSync(file) ? progressOf(record) : { state: 'open', why: 'case.no-file', kept: [] }
      }
      // A copy that was written before the request was closed is not known to be whole.
      await rm(file, { force: true })
      const [seen] = await present(engine, [await caseOf(engine, id)])
      const options = { out: file, others: plan.rights.others, explanation: explain(plan, maps), lock: { passphrase } }
      await exportPerson(engine, seen as Case, options)
      return progress(id)
    },
    progress,
    async end(id, by, ground) {
      const record = await recordOf(id)
      if (record === undefined || over.has(record.state)) return
      if (ground === undefined) await cancel(engine, id)
      else await deny(engine, id, by, ground)
    },
  }
}

/** An identity whose kind begins with a store's name is asked in that store only. */
function place(identity: Identity, stores: readonly string[]): AskedIdentity {
  const store = stores.find((name) => identity.kind.startsWith(`${name}.`))
  return store === undefined ? identity : { store, kind: identity.kind.slice(store.length + 1), value: identity.value }
}

function seenOf({ sealed }: Case): Seen {
  const { shown } = sealed
  const found = Object.values(sealed.found)
  const nobody = found.every(
    ({ persons, links, mentions }) => persons.length === 0 && mentions.length === 0 && noLinks(links),
  )
  return {
    nothing: nobody && (shown?.candidates.length ?? 0) === 0,
    candidates: shown?.candidates.length ?? 0,
    obstacles: shown?.previews.reduce((sum, { obstacles }) => sum + obstacles.length, 0) ?? 0,
    unreachable: shown?.unreachable.map(({ store }) => store) ?? [],
    hash: shown?.hash ?? '',
  }
}

const noLinks = (links: Readonly<Record<string, readonly string[]>>): boolean =>
  Object.values(links).every((values) => values.length === 0)

function progressOf(record: RequestRecord | undefined): Progressed {
  const report = record?.report as unknown as Report | undefined
  const kept = [...new Set(report?.stores.flatMap((store) => store.kept.map(({ exception }) => exception)) ?? [])]
  if (record?.state === 'done') return { state: 'done', kept }
  if (record?.state === 'awaiting-approval') return { state: 'changed', kept }
  const fault = record?.steps.find((step) => step.fault !== undefined)?.fault
  return { state: 'open', why: fault ?? 'request.not-proven', kept }
}

/** Mail addresses of whoever has these identities, as the stores hold them. Faults of stores that cannot be reached. */
async function addressesOf({ engine }: Workspace, identities: readonly AskedIdentity[]): Promise<readonly string[]> {
  const [down] = engine.unopened
  if (down !== undefined) {
    throw new Fault({
      code: down.code,
      what: `The store ${down.store} could not be opened.`,
      mend: 'See that it runs.',
    })
  }
  const addresses = new Set<string>()
  for (const store of engine.stores) {
    const mine = identities.filter((one) => one.store === undefined || one.store === store.map.store)
    if (mine.length === 0) continue
    const subject = {
      request: 'lookup',
      identities: mine.map(({ kind, value }) => ({ kind, value })),
      accept: [],
      reject: [],
    }
    const [found] = await store.find([subject])
    for (const { kind, value, strong } of found?.identities ?? []) if (kind === 'email' && strong) addresses.add(value)
  }
  return [...addresses]
}
