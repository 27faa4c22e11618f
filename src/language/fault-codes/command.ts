import type { FaultMeaning } from './index.ts'

/** How a command was called. */
export const commandCodes: Readonly<Record<string, FaultMeaning>> = {
  'command.bad-identity': {
    what: 'An identity is not written as KIND=VALUE.',
    mend: 'For example `--identity email=person@example.org`.',
  },
  'command.bad-set': {
    what: 'A new value is not written as CATEGORY=VALUE.',
    mend: 'For example `--set phone=…`.',
  },
  'command.bad-row': {
    what: 'A candidate is not written as STORE.TABLE:KEY.',
    mend: 'Copy it as the preview shows it.',
  },
  'command.missing-out': {
    what: 'Several files were asked for, and no folder to write them to.',
    mend: 'Name a folder with `--out`.',
  },
  'command.unlike': {
    what: 'A policy was to be held against a prose notice.',
    mend: 'Import the notice first and compare its draft, or name two notices.',
  },
  'command.unreadable': {
    what: 'A file that a command was given cannot be read.',
    mend: 'Name an existing text, Markdown or HTML file in UTF-8.',
  },
}
