import { resolve } from 'node:path'
import type { Command } from 'commander'
import { exportPack } from '../../database/evidence/pack.ts'
import { verifyPack } from '../../database/evidence/verify.ts'
import { type CommonOptions, openOwn, readFaultless } from '../../workspace/workspace.ts'
import { common } from '../options.ts'
import type { Cli } from '../run.ts'
import { type ExitCode, printJson, type Terminal } from '../terminal.ts'

interface ExportOptions extends CommonOptions {
  readonly out: string
}

interface VerifyOptions extends CommonOptions {
  readonly key?: string
  readonly since?: string
}

/** `kept evidence export` and `kept evidence verify`. */
export function registerEvidence(program: Command, cli: Cli): void {
  const evidence = program.command('evidence').description('The log of everything that was done, for anyone to check')
  const written = evidence.command('export').description('Writes the whole evidence log as one pack')
  written.requiredOption('--out <file>', 'the pack to write')
  common(written, 'kept evidence export --out evidence.pack').action(
    cli.action((options: ExportOptions) => writePack(cli.terminal, options)),
  )
  const rotate = evidence
    .command('rotate-key')
    .description('Replaces the signing key; the old one signs last that the new one follows')
  common(rotate, 'kept evidence rotate-key').action(
    cli.action((options: CommonOptions) => rotateKey(cli.terminal, options)),
  )
  const verify = evidence.command('verify').description('Checks a pack offline: nothing changed, removed or inserted')
  verify.argument('<file>', 'a pack that `kept evidence export` wrote')
  verify.option('--key <key>', 'verifier key that must have signed it, got from the vendor by another way')
  verify.option('--since <checkpoint>', 'an older checkpoint or pack that this one must continue')
  common(verify, 'kept evidence verify evidence.pack --key "$KEY"').action(
    cli.action((file: string, options: VerifyOptions) => verifyFile(cli.terminal, file, options)),
  )
  evidence.addHelpText('after', '\nExample:\n  $ kept evidence export --out evidence.pack')
}

async function writePack(terminal: Terminal, options: ExportOptions): Promise<ExitCode> {
  const { plan } = await readFaultless(terminal, options)
  const { database, close } = await openOwn(terminal, options, plan)
  try {
    const out = resolve(terminal.cwd, options.out)
    const checkpoint = await exportPack(database, out)
    const { size, root, note } = checkpoint
    const key = database.keys.verifier
    if (options.json) printJson(terminal, { out, entries: size, root, checkpoint: note, key })
    else {
      terminal.out(`${size} entries in ${out}\nroot ${root}\nverifier key ${key}\n`)
      terminal.out('To check it anywhere: kept evidence verify FILE --key KEY\n')
    }
    return 0
  } finally {
    await close()
  }
}

async function rotateKey(terminal: Terminal, options: CommonOptions): Promise<ExitCode> {
  const { plan } = await readFaultless(terminal, options)
  const { database, close } = await openOwn(terminal, options, plan)
  try {
    const before = database.keys.verifier
    await database.rotateSigningKey()
    const key = database.keys.verifier
    if (options.json) printJson(terminal, { key, before })
    else {
      terminal.out(`verifier key ${key}\nIt follows ${before}, whose private half is destroyed.\n`)
      terminal.out('Publish it; packs are verified with either of the two.\n')
    }
    return 0
  } finally {
    await close()
  }
}

async function verifyFile(terminal: Terminal, file: string, options: VerifyOptions): Promise<ExitCode> {
  const since = options.since
  const sincePlace = since === undefined || since.includes('\n') ? since : resolve(terminal.cwd, since)
  const verification = await verifyPack(resolve(terminal.cwd, file), {
    ...(options.key === undefined ? {} : { key: options.key }),
    ...(sincePlace === undefined ? {} : { since: sincePlace }),
  })
  if (options.json) printJson(terminal, verification)
  else {
    const { ok, size, controller, root, signedBy, earlierKeys, continues, problems, cannotShow } = verification
    terminal.out(ok ? `The pack is whole: ${size} entries of ${controller}.\n` : 'The pack is NOT whole.\n')
    if (root !== undefined) terminal.out(`root ${root}\n`)
    if (signedBy !== undefined) terminal.out(`signed by ${signedBy}\n`)
    for (const key of earlierKeys ?? []) terminal.out(`which follows ${key}\n`)
    if (continues !== undefined) terminal.out(`continues the older checkpoint of ${continues} entries\n`)
    for (const problem of problems)
      terminal.out(`problem: ${problem.what}${problem.line === undefined ? '' : ` (line ${problem.line})`}\n`)
    for (const line of cannotShow) terminal.out(`cannot show: ${line}\n`)
  }
  return verification.ok ? 0 : 1
}
