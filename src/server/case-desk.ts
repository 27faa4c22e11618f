import type { Intake } from '../intake/intake.ts'
import { caseSettings } from '../intake/settings.ts'
import { workCases } from '../intake/work.ts'
import { intakeOf } from '../workspace/intake.ts'
import type { Chore } from './jobs/worker.ts'
import type { Configuration } from './read-configuration.ts'
import type { Tenant } from './tenant.ts'

/** Runs with the cases of a tenant, its policy and stores as they stand now. */
export type CaseDesk = <T>(tenant: Tenant, run: (intake: Intake) => Promise<T>) => Promise<T>

/** The cases of every tenant, with the settings of the configuration. Fault `store.no-secret`. */
export async function openCaseDesk(
  { cases, publicAddress, data }: Configuration,
  env: Readonly<Record<string, string | undefined>>,
): Promise<CaseDesk> {
  const settings = await caseSettings(cases, publicAddress, data, env)
  return (tenant, run) => tenant.use((workspace) => run(intakeOf(workspace, settings)))
}

const CASES_MS = 3000

/** Cases go on as far as no person is needed, dates are looked after, and what is over is destroyed. */
export function caseChore(desk: CaseDesk): Chore {
  return { name: 'cases', everyMs: CASES_MS, run: async (tenant) => void (await desk(tenant, workCases)) }
}
