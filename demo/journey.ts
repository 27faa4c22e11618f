import { join } from 'node:path'
import { runCommand } from '../src/cli/run.ts'
import type { ExitCode, Terminal } from '../src/cli/terminal.ts'
import type { Vendor } from './vendor.ts'

interface Step {
  readonly title: string
  readonly words: readonly string[]
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
      after: 'The column and the table that nobody declared were planted; nothing else is wrong.',
    },
    {
      title: 'Access: everything about Mira Valdez, from both databases',
      words: ['request', 'access', '--identity', mira, '--out', join(vendor.out, 'access')],
      expected: 0,
      after: 'The other Mira Valdez only shares a name: she is a candidate to decide on, and stays somebody else.',
    },
    {
      title: 'Erasure: seen before it is done, approved, carried out, and proven by reading everything again',
      words: ['request', 'erase', '--identity', mira, '--approve-by', 'officer'],
      expected: 0,
    },
    { title: 'Status: what is kept, and the entry that says so', words: ['status'], expected: 0 },
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
  ]
}

/** Runs the steps one after the other, each by the command a person would type; true when each ended as it should. */
export async function journey(vendor: Vendor): Promise<boolean> {
  const started = performance.now()
  const steps = stepsOf(vendor)
  say(
    `Larkspur, an invented vendor, lies in ${vendor.shown}/: a policy, two store maps, two databases with 410 people.\n`,
  )
  for (const [index, step] of steps.entries()) {
    say(
      `\n[${index + 1}/${steps.length}] ${step.title}\n$ npx kept ${step.words.map((word) => shorten(vendor, word)).join(' ')}\n\n`,
    )
    const code = await runCommand(step.words, terminalIn(vendor))
    if (step.after !== undefined) say(`\n${step.after}\n`)
    if (code !== step.expected) {
      say(`\nThis step ended with ${code} instead of ${step.expected}: the demonstration stops here.\n`)
      return false
    }
  }
  say(closing(vendor, Math.round((performance.now() - started) / 1000)))
  return true
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
  ${at}/out/evidence.pack       the evidence, to verify anywhere
  ${at}/kept.yaml, ${at}/stores/  the policy and the store maps: change them and look again

What to try next (cd ${at}):
  npx kept request erase --identity email=noel.byrne@example.com --approve-by officer
      refused: his wish list would take rows of a table along that nobody mapped
  npx kept request erase --identity email=orla.quinn@example.com --approve-by officer
      add "referred_by: { is: email, erase: clear }" to stores/shop.yaml first and see what changes
  npx kept request list
`
}

function shorten(vendor: Vendor, word: string): string {
  return word.startsWith(vendor.folder) ? word.slice(vendor.folder.length + 1) : word
}

function say(text: string): void {
  process.stdout.write(text)
}
