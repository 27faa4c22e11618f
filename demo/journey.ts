import { join } from 'node:path'
import { runCommand } from '../src/cli/run.ts'
import type { ExitCode, Terminal } from '../src/cli/terminal.ts'
import type { Vendor } from './vendor.ts'

interface Step {
  readonly title: string
  /** The command as typed; where it names the request of the step before, it is asked for when its turn comes. */
  readonly words: readonly string[] | (() => Promise<readonly string[]>)
  /** The exit code that belongs to the step: 1 where something is meant to be found. */
  readonly expected: ExitCode
  readonly after?: string
}

const mira = 'email=mira.valdez@example.org'

function stepsOf(vendor: Vendor): Step[] {
  return [
    {
      title: 'Check: do the policy, the store maps and the live databases hold together?',
      words: ['check'],
      expected: 1,
      after: 'These two were planted: a column and a table that nobody declared. Nothing else is wrong.',
    },
    {
      title: 'Access: everything about Mira Valdez, from both databases',
      words: ['request', 'access', '--identity', mira, '--out', join(vendor.out, 'access')],
      expected: 0,
    },
    {
      title: 'Erasure, seen before it is done: nothing is changed yet',
      words: ['request', 'erasure', '--identity', mira],
      expected: 0,
      after: 'Tomas lives at the same address and shares a ticket; the other Mira Valdez shares a name. Both stay.',
    },
    {
      title: 'Approved, carried out, and proven by reading every cell again',
      words: async () => ['request', 'approve', await newestRequest(vendor), '--by', 'officer'],
      expected: 0,
    },
    {
      title: 'Evidence: a pack that anybody can check',
      words: ['evidence', 'export', '--out', join(vendor.out, 'evidence.pack')],
      expected: 0,
    },
    {
      title: 'Verified, as an auditor would',
      words: ['evidence', 'verify', join(vendor.out, 'evidence.pack')],
      expected: 0,
    },
    {
      title: 'Status: each sentence of the privacy policy, and the entry that says so',
      words: ['status', '--html', join(vendor.out, 'status.html')],
      expected: 0,
      after: 'What nobody has verified yet is unproven, never kept; what a person has to do names who and by when.',
    },
  ]
}

/** Runs the steps one after the other, each by the command a person would type; true when each ended as it should. */
export async function journey(vendor: Vendor): Promise<boolean> {
  const started = performance.now()
  const steps = stepsOf(vendor)
  say(
    `Larkspur, an invented vendor, lies in ${vendor.shown}/: a privacy policy, the kept.yaml made of it, two store maps, two databases with 410 people.\n`,
  )
  for (const [index, step] of steps.entries()) {
    const words = typeof step.words === 'function' ? await step.words() : step.words
    const typed = words.map((word) => shorten(vendor, word)).join(' ')
    say(`\n[${index + 1}/${steps.length}] ${step.title}\n$ npx kept ${typed}\n\n`)
    const code = await runCommand(words, terminalIn(vendor))
    if (step.after !== undefined) say(`\n${step.after}\n`)
    if (code !== step.expected) {
      say(`\nThis step ended with ${code} instead of ${step.expected}: the demonstration stops here.\n`)
      return false
    }
  }
  say(closing(vendor, Math.round((performance.now() - started) / 1000)))
  return true
}

async function newestRequest(vendor: Vendor): Promise<string> {
  const [newest] = await vendor.database.requests()
  if (!newest) throw new Error('the step before left no request')
  return newest.id
}

function terminalIn(vendor: Vendor): Terminal {
  return {
    cwd: vendor.folder,
    env: process.env,
    interactive: process.stderr.isTTY === true,
    out: say,
    err: (text) => {
      process.stderr.write(text)
    },
    database: { directory: vendor.data, opened: vendor.database },
  }
}

function closing(vendor: Vendor, seconds: number): string {
  const at = vendor.shown
  return `
Done in ${seconds} s. What was written:
  ${at}/out/access/index.html   everything about Mira, to read (JSON and CSV beside it)
  ${at}/out/status.html         the privacy policy, each sentence with its state
  ${at}/out/evidence.pack       the evidence, to verify anywhere
  ${at}/privacy.md              the privacy policy as people read it
  ${at}/kept.yaml, ${at}/stores/  the same as code, and the store maps: change them and look again

What to try next (cd ${at}):
  npx kept request erasure --identity email=noel.byrne@example.com --approve-by officer
      refused: his wish list would take rows of a table along that nobody mapped
  npx kept request access --identity email=tomas.valdez@example.org --out tomas.zip
      his side of what he shares with Mira
  npx kept request list
  npx kept --help
`
}

function shorten(vendor: Vendor, word: string): string {
  return word.startsWith(vendor.folder) ? word.slice(vendor.folder.length + 1) : word
}

function say(text: string): void {
  process.stdout.write(text)
}
