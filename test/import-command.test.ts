import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runCommand } from '../src/cli/run.ts'
import type { Terminal } from '../src/cli/terminal.ts'

const notice = `# Privacy at Larkspur

We collect your name and e-mail address when you register.
We keep support tickets for 24 months after your last message.
Other records are kept for as long as needed.
We never sell your personal data.
Thank you for reading.
`

function terminalIn(cwd: string) {
  const said = { out: '', err: '' }
  const terminal: Terminal = {
    cwd,
    env: {},
    interactive: false,
    out: (text) => {
      said.out += text
    },
    err: (text) => {
      said.err += text
    },
  }
  return { terminal, said }
}

it('imports a notice, writes the draft and the review queue, and asks what is open', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kept-import-'))
  writeFileSync(join(folder, 'notice.md'), notice)
  const first = terminalIn(folder)
  expect(await runCommand(['import', 'notice.md', '--out', 'draft', '--review'], first.terminal)).toBe(0)
  expect(first.said.out).toContain('all accounted for')
  expect(first.said.out).toContain('Open questions')
  const draft = readFileSync(join(folder, 'draft', 'kept.draft.yaml'), 'utf8')
  expect(draft).toContain('OPEN: ')
  expect(readFileSync(join(folder, 'draft', 'kept.review.yaml'), 'utf8')).toContain('decisions:')

  const machine = terminalIn(folder)
  expect(await runCommand(['import', 'notice.md', '--json'], machine.terminal)).toBe(0)
  const read = JSON.parse(machine.said.out) as { sentences: { quote: string; start: number; end: number }[] }
  for (const { quote, start, end } of read.sentences) expect(notice.slice(start, end)).toBe(quote)

  const check = terminalIn(folder)
  expect(await runCommand(['check', '--policy', 'draft/kept.draft.yaml', '--json'], check.terminal)).toBe(1)
  const { faults } = JSON.parse(check.said.out) as { faults: { code: string; where: { line?: number } }[] }
  const open = faults.filter((fault) => fault.code === 'policy.open-question')
  expect(open.length).toBeGreaterThan(0)
  expect(open.every((fault) => (fault.where.line ?? 0) > 0)).toBe(true)
})

it('says what it cannot read', async () => {
  const { terminal, said } = terminalIn(tmpdir())
  expect(await runCommand(['import', 'no-such-notice.txt'], terminal)).toBe(2)
  expect(said.err).toContain('command.unreadable')
})
