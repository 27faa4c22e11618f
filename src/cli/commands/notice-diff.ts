import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { Fault } from '../../language/fault.ts'
import { compareDocuments, type DocumentComparison } from '../../notice/difference/compare-documents.ts'
import { comparePolicies } from '../../notice/difference/compare-policies.ts'
import { countDifferences, type Difference } from '../../notice/difference/difference.ts'
import { policyOfVersion } from '../../notice/versions/publish.ts'
import { unknownVersion } from '../../notice/versions/version-faults.ts'
import { type Policy, readPolicy } from '../../policy/policy.ts'
import { type CommonOptions, openOwn, readFiles } from '../../workspace/workspace.ts'
import { common } from '../options.ts'
import { readDocument, readText } from '../read-document.ts'
import type { Cli } from '../run.ts'
import { count } from '../tell/columns.ts'
import { differenceLines } from '../tell/differences.ts'
import { type ExitCode, printJson, type Terminal } from '../terminal.ts'

/** `kept notice diff A B`: two policies, versions or prose notices, commitment by commitment or sentence by sentence. */
export function registerNoticeDiff(notice: Command, cli: Cli): void {
  const command = notice
    .command('diff')
    .argument('<before>', 'a policy (.yaml), the day of a version, or a notice as text, Markdown or HTML')
    .argument('<after>', 'the same')
    .description('What changed between two policies or notices: wider, narrower or neutral for people')
  common(command, 'kept notice diff kept.yaml kept.next.yaml').action(
    cli.action((before: string, after: string, options: CommonOptions) => diff(cli.terminal, before, after, options)),
  )
}

async function diff(terminal: Terminal, before: string, after: string, options: CommonOptions): Promise<ExitCode> {
  const [left, right] = [sideOf(terminal, before), sideOf(terminal, after)]
  if ((left.kind === 'document') !== (right.kind === 'document')) throw unlike()
  if (left.kind === 'document') {
    const [one, two] = [await readText(terminal, before), await readText(terminal, after)]
    // One name for both: sentences are told by their numbers, and the name helps to find who speaks.
    return tellDocuments(terminal, compareDocuments(readDocument(one, before), readDocument(two, after)), options)
  }
  const policies = await readPolicies(terminal, [left, right], options)
  return tellPolicies(terminal, comparePolicies(...policies), options)
}

interface Side {
  readonly kind: 'policy' | 'version' | 'document'
  readonly given: string
  readonly path: string
}

function sideOf(terminal: Terminal, given: string): Side {
  const path = resolve(terminal.cwd, given)
  const there = existsSync(path)
  if (!there && /^\d{4}-\d{2}-\d{2}$/.test(given)) return { kind: 'version', given, path }
  const inside = join(path, 'kept.yaml')
  if (there && statSync(path).isDirectory() && existsSync(inside)) return { kind: 'policy', given, path: inside }
  return { kind: /\.ya?ml$/i.test(given) ? 'policy' : 'document', given, path }
}

async function readPolicies(
  terminal: Terminal,
  sides: readonly [Side, Side],
  options: CommonOptions,
): Promise<[Policy, Policy]> {
  const needsOwn = sides.some(({ kind }) => kind === 'version')
  const own = needsOwn ? await openOwn(terminal, options, (await readFiles(terminal, options)).plan) : undefined
  try {
    const read = async ({ kind, given, path }: Side): Promise<Policy> => {
      if (kind !== 'version' || own === undefined) return readFile(given, path)
      const version = (await own.database.versions()).find(({ date }) => date === given)
      if (version === undefined) throw unknownVersion(given)
      return policyOfVersion(own.database, version)
    }
    return [await read(sides[0]), await read(sides[1])]
  } finally {
    await own?.close()
  }
}

/** Faults of what a policy says are no matter here; a file that is no policy at all is. */
async function readFile(given: string, path: string): Promise<Policy> {
  const { policy, faults } = await readPolicy(path)
  const unreadable = faults.find(({ code }) => code.startsWith('yaml.'))
  if (unreadable !== undefined) throw unreadable
  if (Object.keys(policy.located.value as object).length === 0)
    throw new Fault({
      code: 'command.unreadable',
      where: { file: path },
      what: `${given} holds no policy`,
      mend: 'Name a policy file, e.g. kept.yaml.',
    })
  return policy
}

function tellPolicies(terminal: Terminal, differences: readonly Difference[], options: CommonOptions): ExitCode {
  const counts = countDifferences(differences)
  if (options.json) printJson(terminal, { kind: 'policies', counts, differences, broken: [] })
  else terminal.out(`${differenceLines(differences).join('\n')}\n`)
  return differences.length === 0 ? 0 : 1
}

function tellDocuments(terminal: Terminal, compared: DocumentComparison, options: CommonOptions): ExitCode {
  const { broken, differences, reworded } = compared
  if (options.json)
    printJson(terminal, { kind: 'documents', counts: countDifferences(differences), differences, reworded, broken })
  else if (broken.length > 0) {
    const lines = broken.map(({ document, what }) => `The text ${document} is a broken capture: ${what}.`)
    terminal.out(`${lines.join('\n')}\nNothing was compared. Fetch it again.\n`)
  } else {
    const other = reworded.map(({ sentence }) => sentence).join(', ')
    terminal.out(`${differenceLines(differences).join('\n')}\n`)
    if (reworded.length > 0)
      terminal.out(`${count(reworded.length, 'sentence')} in other words, read as meaning the same (${other})\n`)
  }
  return broken.length + differences.length === 0 ? 0 : 1
}

function unlike(): Fault {
  return new Fault({
    code: 'command.unlike',
    what: 'A policy cannot be held against a prose notice.',
    mend: 'Import the notice first (kept import FILE --out DIR) and compare its draft, or name two notices.',
  })
}
