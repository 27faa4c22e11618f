import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { NotFound } from './not-found.tsx'
import { Shell } from './shell.tsx'
import { Today } from './today/today.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound })

const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined

/** What a list is narrowed to stands in the address: every view of it can be linked to. */
const narrowed =
  <K extends string>(...names: readonly K[]) =>
  (search: Record<string, unknown>): { [name in K]?: string | undefined } =>
    Object.fromEntries(
      names.flatMap((name) => (text(search[name]) === undefined ? [] : [[name, text(search[name])]])),
    ) as { [name in K]?: string | undefined }

const at = <P extends string>(path: P) => ({ getParentRoute: () => root, path }) as const

const routes = [
  createRoute({ ...at('/'), component: Today }),
  createRoute({
    ...at('/requests'),
    validateSearch: narrowed('state'),
    component: lazyRouteComponent(() => import('./requests/list.tsx'), 'RequestList'),
  }),
  createRoute({
    ...at('/requests/$id'),
    component: lazyRouteComponent(() => import('./requests/detail.tsx'), 'RequestDetail'),
  }),
  createRoute({
    ...at('/status'),
    validateSearch: narrowed('standing', 'kind'),
    component: lazyRouteComponent(() => import('./status/status.tsx'), 'StatusPage'),
  }),
  createRoute({
    ...at('/evidence'),
    validateSearch: narrowed('type', 'request', 'from'),
    component: lazyRouteComponent(() => import('./evidence/evidence.tsx'), 'EvidencePage'),
  }),
  createRoute({
    ...at('/stores'),
    component: lazyRouteComponent(() => import('./stores/list.tsx'), 'StoreList'),
  }),
  createRoute({
    ...at('/stores/$store'),
    component: lazyRouteComponent(() => import('./stores/detail.tsx'), 'StoreDetail'),
  }),
  createRoute({
    ...at('/data-map'),
    validateSearch: narrowed('category', 'purpose', 'store', 'country'),
    component: lazyRouteComponent(() => import('./data-map/data-map.tsx'), 'DataMap'),
  }),
  createRoute({
    ...at('/policy'),
    component: lazyRouteComponent(() => import('./policy/policy.tsx'), 'PolicyPage'),
  }),
  createRoute({
    ...at('/policy/versions'),
    component: lazyRouteComponent(() => import('./policy/versions.tsx'), 'VersionsPage'),
  }),
  createRoute({
    ...at('/retention'),
    component: lazyRouteComponent(() => import('./retention/retention.tsx'), 'RetentionPage'),
  }),
] as const

export function createAppRouter() {
  return createRouter({
    routeTree: root.addChildren(routes),
    basepath: '/admin',
    defaultPreload: 'intent',
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
