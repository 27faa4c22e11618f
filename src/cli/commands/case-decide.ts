import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { CaseKind } from '../../cases.ts'
import { carriedOut, confirmKind, deny, grant } from '../../intake/decide.ts'
import { addDocuments } from '../../intake/documents.ts'
import { checkIdentity } from '../../intake/identity.ts'
import { GROUNDS } from '../../language/denial-grounds.ts'
import type { AskedIdentity } from '../../requests/sealed.ts'
import { identityOption } from '../options.ts'
import type { Cli } from '../run.ts'
import { act, type By, kindOption, one } from './case-act.ts'

/** `kept case confirm|identity|document|grant|deny|done`: what it is, who it is, and what is decided. */
export function registerDecisions(command: Command, cli: Cli): void {
  const confirm = one(command, 'confirm', 'Says what a message asks for, where that was a guess')
  confirm.addOption(kindOption('what they want').makeOptionMandatory())
  act<By & { readonly kind: CaseKind }>(
    confirm,
    cli,
    'kept case confirm 7k2m9q4x8v3b --by jo --kind erasure',
    (given) => (intake, id) => confirmKind(intake, id, given.by, given.kind),
  )
  const identity = one(command, 'identity', 'Records what documents show; without --identity: that they show nothing')
  identity.addOption(identityOption())
  identity.option('--known', 'the person is known to the staff, without documents')
  act<By & { readonly identity: readonly AskedIdentity[]; readonly known?: boolean }>(
    identity,
    cli,
    'kept case identity 7k2m9q4x8v3b --by jo --identity email=ada@example.org',
    (given) => (intake, id) =>
      checkIdentity(intake, id, {
        by: given.by,
        identities: given.identity.map(({ kind, value }) => ({ kind, value })),
        how: given.known === true ? 'staff' : 'documents',
      }),
  )
  const document = one(command, 'document', 'Keeps a document of the person, encrypted, until its term is over')
  document.requiredOption('--file <path>', 'a PNG, JPEG or PDF')
  act<By & { readonly file: string }>(
    document,
    cli,
    'kept case document 7k2m9q4x8v3b --by jo --file card.png',
    (given) => async (intake, id) => {
      const bytes = await readFile(resolve(cli.terminal.cwd, given.file))
      return addDocuments(intake, id, { staff: given.by }, [{ mediaType: mediaTypeOf(given.file), bytes }])
    },
  )
  const granted = one(command, 'grant', 'Decides to do what was asked')
  act<By>(
    granted,
    cli,
    'kept case grant 7k2m9q4x8v3b --by jo',
    ({ by }) =>
      (intake, id) =>
        grant(intake, id, by),
  )
  const denied = one(command, 'deny', 'Refuses on a ground of the law, and tells the person why and where to complain')
  denied.requiredOption('--ground <ground>', 'why')
  act<By & { readonly ground: string }>(
    denied,
    cli,
    'kept case deny 7k2m9q4x8v3b --by jo --ground legal-claims',
    (given) => (intake, id) => deny(intake, id, given.by, given.ground),
  )
  const grounds = GROUNDS.map(({ name, words, source }) => `  ${name.padEnd(22)} ${words} (${source})`)
  denied.addHelpText('after', `\nGrounds:\n${grounds.join('\n')}`)
  const done = one(command, 'done', 'Records that a person did by hand what was granted')
  act<By>(
    done,
    cli,
    'kept case done 7k2m9q4x8v3b --by jo',
    ({ by }) =>
      (intake, id) =>
        carriedOut(intake, id, by),
  )
}

function mediaTypeOf(file: string): string {
  const ending = file.toLowerCase().split('.').at(-1) ?? ''
  return { png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', pdf: 'application/pdf' }[ending] ?? 'unknown'
}
