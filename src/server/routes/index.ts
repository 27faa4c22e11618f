import { editRoutes } from '../admin/edit-map.ts'
import { adminRoutes } from '../admin/routes.ts'
import type { CaseDesk } from '../case-desk.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { Metrics } from '../metrics.ts'
import type { Route } from '../route.ts'
import type { Tenants } from '../tenant.ts'
import { actRoutes } from './acts.ts'
import { caseRoutes } from './cases.ts'
import { evidenceRoutes } from './evidence.ts'
import { personRoutes } from './my-case.ts'
import { noticeRoutes } from './notice.ts'
import { policyRoutes } from './policy.ts'
import { processRoutes } from './process.ts'
import { referenceRoutes } from './reference.ts'
import { requestRoutes } from './requests.ts'
import { retentionRoutes } from './retention.ts'
import { staffRoutes } from './staff.ts'
import { statusRoutes } from './status.ts'
import { storeRoutes } from './stores.ts'

/** What routes stand on. */
export interface RouteParts {
  readonly tenants: Tenants
  readonly jobs: Jobs
  readonly desk: CaseDesk
  readonly metrics: Metrics
  /** Folder of the copies of access requests. */
  readonly exports: string
  readonly metricsToken: string | undefined
  readonly version: string
}

/** Every route of the API, in the order of the reference. */
export function allRoutes({
  tenants,
  jobs,
  desk,
  metrics,
  exports,
  metricsToken,
  version,
}: RouteParts): readonly Route[] {
  const routes = [
    ...caseRoutes(desk),
    ...personRoutes(desk),
    ...requestRoutes(jobs, exports),
    ...statusRoutes(),
    ...noticeRoutes(),
    ...policyRoutes(),
    ...storeRoutes(jobs),
    ...editRoutes,
    ...adminRoutes,
    ...retentionRoutes(jobs),
    ...evidenceRoutes(),
    ...staffRoutes(),
    ...actRoutes(jobs),
    ...processRoutes(tenants, jobs, metrics, metricsToken),
  ]
  return [...routes, ...referenceRoutes(routes, version)]
}
