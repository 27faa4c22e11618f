import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

import type { Me } from '../src/server/admin/routes.ts'
import { useMe } from './me.ts'

type Role = Me['roles'][number]

/** Where one can go, and who finds something there: the server decides, this only leads nobody to a closed door. */
const PLACES: readonly { readonly to: string; readonly label: string; readonly not?: readonly Role[] }[] = [
  { to: '/', label: 'Today' },
  { to: '/requests', label: 'Requests', not: ['store-owner'] },
  { to: '/status', label: 'Status' },
  { to: '/policy', label: 'Policy' },
  { to: '/stores', label: 'Stores', not: ['agent'] },
  { to: '/data-map', label: 'Data map', not: ['agent'] },
  { to: '/retention', label: 'Retention', not: ['agent'] },
  { to: '/evidence', label: 'Evidence', not: ['agent', 'store-owner'] },
]

const isOpen = (not: readonly Role[] = [], roles: readonly Role[] = []): boolean =>
  not.length === 0 || roles.some((role) => !not.includes(role))

/** What is around every page: who is signed in for which vendor, and where one can go. */
export function Shell() {
  const me = useMe()
  const main = useRef<HTMLElement>(null)
  const path = useRouterState({ select: (state) => state.location.pathname })
  const shown = useRef(path)
  // A change of page is told as one: the keyboard starts at the new page's heading, and it is read out.
  useEffect(() => {
    if (shown.current !== path) main.current?.focus()
    shown.current = path
  }, [path])
  return (
    <div className="shell">
      <a className="skip" href="#main">
        Skip to the page
      </a>
      <header className="side">
        <p className="vendor">
          <img src="/admin/mark.svg" alt="" width="28" height="28" />
          <span>{me.data?.tenant.name ?? 'Kept'}</span>
        </p>
        <nav aria-label="Main">
          <ul>
            {PLACES.filter(({ not }) => isOpen(not, me.data?.roles)).map(({ to, label }) => (
              <li key={to}>
                <Link to={to} activeOptions={{ exact: to === '/' }} activeProps={{ 'aria-current': 'page' }}>
                  {label}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        {me.data && (
          <p className="who">
            <span>{me.data.name}</span>
            <span className="quiet">{me.data.roles.join(', ').replaceAll('-', ' ')}</span>
            <a href="/staff">Account</a>
          </p>
        )}
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  )
}
