/** The page of all commands, as their own --help tells them. */
import type { Command } from 'commander'
import { buildProgram } from '../src/cli/run.ts'

const WIDTH = 100

/** `docs/commands.md`: the help of every command, the same wherever it is written. */
export async function commandsDocument(): Promise<string> {
  let told = ''
  const say = (text: string) => {
    told += text
  }
  const program = await buildProgram({
    terminal: { cwd: '/', env: {}, interactive: false, out: say, err: say },
    action: () => async () => {},
  })
  const sections = leavesOf(program, []).map(({ command, words }) => {
    told = ''
    command.configureHelp({ helpWidth: WIDTH })
    command.outputHelp()
    return `## kept ${words.join(' ')}\n\n${fenced(told)}`
  })
  return `<!-- Written by \`npm run generate\`; change the sources, not this file. -->

# Commands

Results go to standard output, faults and progress to standard error. A command ends with 0 when it is done, 1 when something is wrong
in what it looked at, 2 on wrong use, an unreadable file or a fault of Kept itself. [faults.md](faults.md) has every code.

${sections.join('\n')}`
}

/** The commands that do something, in their order; those that only hold others are their headings. */
function leavesOf(command: Command, words: readonly string[]): { command: Command; words: readonly string[] }[] {
  const inside = command.commands.filter((one) => one.name() !== 'help')
  if (inside.length === 0) return [{ command, words }]
  return inside.flatMap((one) => leavesOf(one, [...words, one.name()]))
}

function fenced(text: string): string {
  return `\`\`\`text\n${text.trimEnd()}\n\`\`\`\n`
}
