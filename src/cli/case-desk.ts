import { resolve } from 'node:path'
import type { CaseRecord } from '../cases.ts'
import type { Intake } from '../intake/intake.ts'
import { caseSettings } from '../intake/settings.ts'
import { tellStaff } from '../intake/tell.ts'
import { readConfiguration } from '../server/read-configuration.ts'
import { intakeOf } from '../workspace/intake.ts'
import { type CommonOptions, withWorkspace } from '../workspace/workspace.ts'
import { caseText } from './tell/case-text.ts'
import { type ExitCode, printJson, type Terminal } from './terminal.ts'

/** Cases of the policy, with the settings of the server's configuration where there is one. */
export function withCases(
  terminal: Terminal,
  options: CommonOptions,
  use: (intake: Intake) => Promise<ExitCode>,
): Promise<ExitCode> {
  return withWorkspace<ExitCode>(terminal, options, {}, async (workspace) => {
    const { cases, publicAddress } = await readConfiguration(terminal.cwd, undefined, terminal.env, options)
    const data = resolve(terminal.cwd, options.data)
    return use(intakeOf(workspace, await caseSettings(cases, publicAddress, data, terminal.env)))
  })
}

/** Prints the case as it stands now. */
export async function tellCase(
  terminal: Terminal,
  intake: Intake,
  record: CaseRecord,
  options: CommonOptions,
): Promise<ExitCode> {
  const told = await tellStaff(intake, record)
  if (options.json) printJson(terminal, told)
  else terminal.out(caseText(told))
  return 0
}
