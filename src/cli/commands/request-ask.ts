import { resolve } from 'node:path'
import type { Command } from 'commander'
import { Fault } from '../../language/fault.ts'
import { carryOut } from '../../requests/carry-out.ts'
import { type Case, caseOf } from '../../requests/case.ts'
import { approve, present } from '../../requests/decide.ts'
import { refuseExisting } from '../../requests/export/folder.ts'
import { checkLock } from '../../requests/export/lock.ts'
import { receive } from '../../requests/receive.ts'
import type { AskedIdentity, AskedLock, StoreRow } from '../../requests/sealed.ts'
import { type CommonOptions, withWorkspace } from '../../workspace/workspace.ts'
import { copyOut, lockOf, outOf } from '../access.ts'
import { candidateOptions, common, identityOption, placeIdentities } from '../options.ts'
import { progressFor } from '../progress.ts'
import type { Cli } from '../run.ts'
import { tellOutcome } from '../tell/outcome.ts'

interface AskOptions extends CommonOptions {
  readonly identity: readonly AskedIdentity[]
  readonly store?: readonly string[]
  readonly out?: string
  readonly passphrase?: string
  readonly recipient?: readonly string[]
  readonly preview?: boolean
  readonly approveBy?: string
  readonly by?: string
  readonly accept: readonly StoreRow[]
  readonly reject: readonly StoreRow[]
}

const WORDS = {
  access: {
    says: 'Copies everything held about a person into a folder or a zip',
    example: 'kept request access --identity email=ada@example.org --out ada.zip',
  },
  erasure: {
    says: 'Erases a person: shows what would be done, waits for approval, carries it out and proves it',
    example: 'kept request erasure --identity email=ada@example.org --approve-by jo',
  },
} as const

/** `kept request access` and `kept request erasure`, which `kept request erase` is too. */
export function registerAsk(request: Command, cli: Cli): void {
  for (const kind of ['access', 'erasure'] as const) {
    const { says, example } = WORDS[kind]
    const command = request.command(kind).description(says).addOption(identityOption())
    command.option('--store <name...>', 'only these stores')
    if (kind === 'erasure') command.alias('erase')
    if (kind === 'access') {
      command.option('--out <dir|file.zip>', 'where the copy goes')
      command.option('--passphrase <env:NAME>', 'lock the copy, a .zip, with the passphrase that stands there')
      command.option('--recipient <age1...>', 'lock the copy, a .zip.age, for an age key; may be repeated', collect, [])
    }
    command.option('--preview', 'show what would be done and wait')
    command.option('--by <who>', 'who enters it; needed for an erasure that two people decide on')
    command.option('--approve-by <who>', 'approve what is found, and go on to the end')
    candidateOptions(command)
    common(command, example).action(cli.action((options: AskOptions) => ask(cli, kind, options)))
  }
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

/** Fault `export.two-locks`. */
function lockAsked({ passphrase, recipient = [] }: AskOptions): AskedLock | undefined {
  if (passphrase !== undefined && recipient.length > 0) {
    throw new Fault({
      code: 'export.two-locks',
      what: 'A copy is locked either by a passphrase or for age keys.',
      mend: 'Give --passphrase or --recipient.',
    })
  }
  if (passphrase !== undefined) return { passphrase }
  return recipient.length > 0 ? { recipients: recipient } : undefined
}

async function ask({ terminal }: Cli, kind: keyof typeof WORDS, options: AskOptions) {
  const progress = progressFor(terminal, options)
  return withWorkspace(terminal, options, { progress }, async (workspace) => {
    const { engine, maps } = workspace
    const stores = maps.map(({ store }) => store)
    if (options.out !== undefined) await refuseExisting(resolve(terminal.cwd, options.out))
    const lock = lockAsked(options)
    if (kind === 'erasure' && engine.approval === 'two-people' && !options.by?.trim()) throw needsAuthor()
    const opened = await lockOf(terminal, lock)
    if (opened !== undefined && options.out !== undefined) await checkLock(opened, options.out)
    const [record] = await receive(engine, [
      {
        kind,
        identities: placeIdentities(options.identity, stores),
        ...(options.store ? { stores: options.store } : {}),
        ...(options.out === undefined ? {} : { out: resolve(terminal.cwd, options.out) }),
        ...(lock === undefined ? {} : { lock }),
        ...(options.by === undefined ? {} : { by: options.by }),
        accept: options.accept,
        reject: options.reject,
      },
    ])
    if (!record) throw new Error('a request was not created')
    const [shown] = await present(engine, [await caseOf(engine, record.id)])
    if (!shown) throw new Error('a request was not shown')
    const out = kind === 'access' ? outOf(terminal, shown, options.out) : undefined
    if (options.preview === true) return tellOutcome(terminal, workspace, record.id, options)
    if (out !== undefined) await copyOut(workspace, terminal, shown, out)
    else if (options.approveBy !== undefined && !hasObstacles(shown)) {
      await approve(engine, record.id, { by: options.approveBy, seen: shown.sealed.shown?.hash ?? '' })
      await carryOut(engine, [record.id])
    }
    return tellOutcome(terminal, workspace, record.id, options, out)
  })
}

function needsAuthor(): Fault {
  return new Fault({
    code: 'request.no-author',
    what: 'The policy lets two people decide on an erasure, and nothing says who enters this one.',
    mend: 'Say it with --by; somebody else approves: kept request approve ID --by WHO.',
  })
}

/** Obstacles are told with the preview; approving would only repeat them as a fault. */
export function hasObstacles({ sealed }: Case): boolean {
  return sealed.shown?.previews.some((preview) => preview.obstacles.length > 0) ?? false
}
