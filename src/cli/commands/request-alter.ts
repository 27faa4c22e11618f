import { type Command, Option } from 'commander'
import { Fault } from '../../language/fault.ts'
import { alterationOf } from '../../requests/alter/ask.ts'
import { caseOf } from '../../requests/case.ts'
import { approve, present } from '../../requests/decide.ts'
import { fulfil } from '../../requests/fulfil.ts'
import { receive } from '../../requests/receive.ts'
import type { AskedIdentity, StoreRow } from '../../requests/sealed.ts'
import { type CommonOptions, withWorkspace } from '../../workspace/workspace.ts'
import { candidateOptions, collect, common, identityOption, placeIdentities } from '../options.ts'
import { progressFor } from '../progress.ts'
import type { Cli } from '../run.ts'
import { tellOutcome } from '../tell/outcome.ts'
import { hasObstacles } from './request-ask.ts'

interface AlterOptions extends CommonOptions {
  readonly identity: readonly AskedIdentity[]
  readonly store?: readonly string[]
  readonly set?: readonly (readonly [string, string])[]
  readonly purpose?: string
  readonly preview?: boolean
  readonly approveBy?: string
  readonly accept: readonly StoreRow[]
  readonly reject: readonly StoreRow[]
}

const WORDS = {
  correction: {
    says: 'Puts right what is wrong about a person in every store (GDPR art. 16)',
    example: 'kept request correction --identity email=ada@example.org --set phone=+442079460999',
  },
  objection: {
    says: 'Stops a use of the data of a person who objects to it (GDPR art. 21)',
    example: 'kept request objection --identity email=ada@example.org --purpose newsletter',
  },
  restriction: {
    says: 'Hands to a person that data of somebody is not to be used for a while (GDPR art. 18); no program enforces it yet',
    example: 'kept request restriction --identity email=ada@example.org --approve-by jo',
  },
  withdrawal: {
    says: 'Stops a use of the data of a person who takes consent back (GDPR art. 7(3))',
    example: 'kept request withdrawal --identity email=ada@example.org --purpose newsletter',
  },
} as const

/** `kept request correction|objection|withdrawal`: preview, approval, execution and proof of what changes data. */
export function registerAlter(request: Command, cli: Cli): void {
  for (const kind of ['correction', 'objection', 'withdrawal', 'restriction'] as const) {
    const { says, example } = WORDS[kind]
    const command = request.command(kind).description(says).addOption(identityOption())
    command.option('--store <name...>', 'only these stores')
    if (kind === 'correction') {
      const words = 'a data category and its new value; repeatable'
      command.addOption(new Option('--set <category=value>', words).argParser(collect(readSetting)))
    } else if (kind !== 'restriction') command.option('--purpose <name>', 'the purpose whose use is to stop')
    command.option('--preview', 'show what would be done and wait')
    command.option('--approve-by <who>', 'approve what is found, and go on to the end')
    candidateOptions(command)
    common(command, example).action(cli.action((options: AlterOptions) => ask(cli, kind, options)))
  }
}

/** `CATEGORY=VALUE`. Fault `command.bad-set`, which never repeats what was written. */
function readSetting(text: string): readonly [string, string] {
  const at = text.indexOf('=')
  if (at > 0) return [text.slice(0, at).trim(), text.slice(at + 1).trim()]
  throw new Fault({
    code: 'command.bad-set',
    what: 'A --set is not of the form CATEGORY=VALUE.',
    mend: 'Write a data category of the policy and its new value, e.g. --set phone=…',
  })
}

async function ask({ terminal }: Cli, kind: keyof typeof WORDS, options: AlterOptions) {
  const progress = progressFor(terminal, options)
  return withWorkspace(terminal, options, { progress }, async (workspace) => {
    const { engine, maps, plan } = workspace
    const values = Object.fromEntries(options.set ?? [])
    const asked = { values, ...(options.purpose === undefined ? {} : { purpose: options.purpose }) }
    const alteration = alterationOf(plan, kind, asked)
    const [record] = await receive(engine, [
      {
        kind,
        identities: placeIdentities(
          options.identity,
          maps.map(({ store }) => store),
        ),
        ...(options.store ? { stores: options.store } : {}),
        ...(alteration === undefined ? {} : { alteration }),
        accept: options.accept,
        reject: options.reject,
      },
    ])
    if (!record) throw new Error('a request was not created')
    const [shown] = await present(engine, [await caseOf(engine, record.id)])
    if (!shown) throw new Error('a request was not shown')
    if (options.preview !== true && options.approveBy !== undefined && !hasObstacles(shown)) {
      await approve(engine, record.id, { by: options.approveBy, seen: shown.sealed.shown?.hash ?? '' })
      await fulfil(engine, record.id)
    }
    return tellOutcome(terminal, workspace, record.id, options)
  })
}
