import { resolve } from 'node:path'
import type { Intake, IntakeSettings } from '../intake/intake.ts'
import { caseStores } from './case-stores.ts'
import type { Workspace } from './workspace.ts'

/** Cases of the vendor whose policy, stores and database are open. What the settings leave out comes from the policy. */
export function intakeOf(
  workspace: Workspace,
  settings: Partial<IntakeSettings> & { readonly directory: string },
): Intake {
  const { plan, engine, database } = workspace
  const { contact, website } = plan.controller
  const { directory, ...more } = settings
  return {
    cases: database.cases,
    letters: database.letters,
    records: database,
    plan,
    stores: caseStores(workspace),
    settings: {
      publicUrl: (website ?? 'https://privacy.invalid').replace(/\/+$/, ''),
      mailDomain: contact?.includes('@') ? (contact.split('@').at(-1) as string) : 'kept.invalid',
      ...(contact?.includes('@') ? { officer: contact } : {}),
      ...more,
      directory: resolve(directory),
    },
    staff: engine.staff,
    now: engine.now,
  }
}
