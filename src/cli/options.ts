import { type Command, Option } from 'commander'
import { Fault } from '../language/fault.ts'
import type { AskedIdentity, StoreRow } from '../requests/sealed.ts'

/** Adds the options of every command, and an example to its help. */
export function common(command: Command, example: string): Command {
  return command
    .option('--policy <file>', 'the policy; its store maps lie in stores/ beside it', 'kept.yaml')
    .option('--data <dir>', "folder of Kept's own database", '.kept')
    .option('--json', 'print one JSON document for machines')
    .option('--progress', 'show progress on stderr even where nobody looks')
    .addHelpText('after', `\nExample:\n  $ ${example}`)
}

/** Collects a repeated option. */
export function collect<T>(read: (value: string) => T): (value: string, before: readonly T[]) => readonly T[] {
  return (value, before = []) => [...before, read(value)]
}

export function identityOption(): Option {
  return new Option('--identity <kind=value>', 'who it is about, e.g. email=… or id=… or STORE.id=…; repeatable')
    .argParser(collect(readIdentity))
    .default([], 'none')
}

export function candidateOptions(command: Command): Command {
  const read = collect(readRow)
  return command
    .addOption(
      new Option('--accept <store.table:key>', 'a candidate that is the same person; repeatable')
        .argParser(read)
        .default([], 'none'),
    )
    .addOption(
      new Option('--reject <store.table:key>', 'a candidate that is somebody else; repeatable')
        .argParser(read)
        .default([], 'none'),
    )
}

/** `KIND=VALUE`; a value may hold further `=`. Fault `command.bad-identity`, which never repeats what was written. */
export function readIdentity(text: string): AskedIdentity {
  const at = text.indexOf('=')
  const kind = text.slice(0, at).trim()
  if (at < 1 || !/^[A-Za-z][A-Za-z0-9_.-]{0,127}$/.test(kind)) {
    throw badIdentity('An --identity is not of the form KIND=VALUE.')
  }
  const value = text.slice(at + 1).trim()
  if (value === '') throw badIdentity('An --identity has no value after =.')
  return { kind, value }
}

/** `STORE.TABLE:KEY`; the key is a JSON array of texts as the preview shows it, or one plain value. Fault `command.bad-row`. */
export function readRow(text: string): StoreRow {
  const colon = text.indexOf(':')
  const dot = text.indexOf('.')
  if (dot < 1 || colon < dot + 2 || colon === text.length - 1) {
    throw badRow('A candidate is not of the form STORE.TABLE:KEY.')
  }
  const key = text.slice(colon + 1)
  return { store: text.slice(0, dot), table: text.slice(dot + 1, colon), key: readKey(key) }
}

function readKey(text: string): string {
  if (!text.startsWith('[')) return JSON.stringify([text])
  try {
    const values: unknown = JSON.parse(text)
    if (Array.isArray(values) && values.every((value) => typeof value === 'string')) return JSON.stringify(values)
  } catch {
    // Said below, without the text: it may hold what nobody should see in a log.
  }
  throw badRow('A key in brackets is no JSON array of texts.')
}

/** An identity whose kind begins with a store's name is asked in that store only. */
export function placeIdentities(identities: readonly AskedIdentity[], stores: readonly string[]): AskedIdentity[] {
  return identities.map((identity) => {
    const store = stores.find((name) => identity.kind.startsWith(`${name}.`))
    return store === undefined ? identity : { ...identity, store, kind: identity.kind.slice(store.length + 1) }
  })
}

// Faults, not commander's own errors: those repeat the argument, and it may be somebody's address.
function badIdentity(what: string): Fault {
  return new Fault({ code: 'command.bad-identity', what, mend: 'Write e.g. --identity email=… or --identity id=…' })
}

function badRow(what: string): Fault {
  const mend = 'Copy it from the candidates that the preview shows, e.g. --accept helpdesk.users:\'["17"]\''
  return new Fault({ code: 'command.bad-row', what, mend })
}
