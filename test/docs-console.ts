/** Runs the examples of a page as a reader would type them, and holds the output against what the page shows. */
import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A fenced block: `yaml kept.yaml` writes a file, `console` runs commands, anything else is only read. */
export interface Block {
  readonly language: string
  readonly file?: string
  readonly text: string
  readonly line: number
}

/** One command of a console block, with the exit code it names (`# ends with 1`) and the lines it is shown to print. */
export interface Shown {
  readonly command: string
  readonly line: number
  readonly code: number
  readonly expected: readonly string[]
}

export interface Ran {
  readonly code: number
  readonly output: string
}

export function blocksOf(page: string): Block[] {
  const blocks: Block[] = []
  let open: { info: string; line: number; lines: string[] } | undefined
  for (const [index, line] of page.split('\n').entries()) {
    const fence = /^```(.*)$/.exec(line)
    if (!fence) open?.lines.push(line)
    else if (!open) open = { info: (fence[1] ?? '').trim(), line: index + 1, lines: [] }
    else {
      const [language = '', file] = open.info.split(' ')
      blocks.push({ language, ...(file ? { file } : {}), text: `${open.lines.join('\n')}\n`, line: open.line })
      open = undefined
    }
  }
  return blocks
}

export function commandsOf(block: Block): Shown[] {
  const shown: { command: string; line: number; code: number; expected: string[] }[] = []
  for (const [index, line] of block.text.trimEnd().split('\n').entries()) {
    // The demonstration prints the commands it runs: below it they are its output.
    const printed = shown[0]?.command.startsWith('npm start') === true
    if (line.startsWith('$ ') && !printed) {
      const code = Number(/# ends with (\d+)/.exec(line)?.[1] ?? 0)
      shown.push({ command: line.slice(2), line: block.line + 1 + index, code, expected: [] })
    } else shown.at(-1)?.expected.push(line)
  }
  return shown
}

/** The first shown line that the output does not hold in its order, or undefined. `…` stands for any words, or any lines. */
export function missingLine(expected: readonly string[], output: string): string | undefined {
  const lines = output.split('\n').map(tidy)
  let at = 0
  for (const line of expected) {
    if (tidy(line) === '' || tidy(line) === '…') continue
    const pattern = new RegExp(`^${tidy(line).split('…').map(literal).join('.*')}$`, 'u')
    const found = lines.findIndex((one, index) => index >= at && pattern.test(one))
    if (found < 0) return line
    at = found + 1
  }
  return undefined
}

const literal = (words: string) => words.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** Columns are as wide as the longest word in them, and a shortened page has fewer. */
function tidy(line: string): string {
  return line.trim().replaceAll(/\s+/g, ' ')
}

export function writeBlock(folder: string, block: Block): void {
  if (!block.file) return
  mkdirSync(dirname(join(folder, block.file)), { recursive: true })
  writeFileSync(join(folder, block.file), block.text)
}

/** A shell whose variables last from one command to the next. */
export function shell(folder: string, env: Readonly<Record<string, string>>): (command: string) => Promise<Ran> {
  const state = join(folder, '.shell')
  writeFileSync(state, '')
  return (command) =>
    new Promise((resolve) => {
      const script = `. ${state}\n{ ${command}\n} 2>&1\ncode=$?\nexport -p > ${state}\nexit $code`
      execFile('bash', ['-c', script], { cwd: folder, env, maxBuffer: 1 << 26 }, (error, stdout) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 255
        resolve({ code, output: stdout })
      })
    })
}
