import type { Command } from 'commander'
import type { Cli } from './run.ts'

/** Adds a command, or several, to the program. */
type Register = (program: Command, cli: Cli) => void

/** In the order of the help. */
const commandList: readonly { readonly names: readonly string[]; readonly load: () => Promise<Register> }[] = [
  { names: ['check'], load: async () => (await import('./commands/check.ts')).registerCheck },
  { names: ['import'], load: async () => (await import('./commands/import.ts')).registerImport },
  { names: ['notice'], load: async () => (await import('./commands/notice.ts')).registerNotice },
  { names: ['policy'], load: async () => (await import('./commands/policy.ts')).registerPolicy },
  { names: ['mail'], load: async () => (await import('./commands/mail.ts')).registerMail },
  { names: ['store'], load: async () => (await import('./commands/store.ts')).registerStore },
  { names: ['request'], load: async () => (await import('./commands/request.ts')).registerRequest },
  { names: ['case'], load: async () => (await import('./commands/case.ts')).registerCase },
  { names: ['retention'], load: async () => (await import('./commands/retention.ts')).registerRetention },
  { names: ['hold'], load: async () => (await import('./commands/hold.ts')).registerHold },
  { names: ['task'], load: async () => (await import('./commands/task.ts')).registerTask },
  { names: ['evidence'], load: async () => (await import('./commands/evidence.ts')).registerEvidence },
  { names: ['staff'], load: async () => (await import('./commands/staff.ts')).registerStaff },
  { names: ['status'], load: async () => (await import('./commands/status.ts')).registerStatus },
  { names: ['serve', 'worker'], load: async () => (await import('./commands/serve.ts')).registerServe },
  { names: ['backup', 'restore'], load: async () => (await import('./commands/backup.ts')).registerBackup },
]

/** What a command line needs: its own command alone, so that no command waits for what others work with; else all. */
export async function loadCommands(words: readonly string[]): Promise<readonly Register[]> {
  const first = words.find((word) => !word.startsWith('-')) ?? ''
  const own = commandList.filter(({ names }) => names.includes(first))
  return Promise.all((own.length === 0 ? commandList : own).map(({ load }) => load()))
}
