import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'

import type { Me } from '../src/server/admin/routes.ts'
import { read } from './api.ts'

const PLACES = [
  { to: '/', label: 'Today' },
  { to: '/requests', label: 'Requests' },
  { to: '/status', label: 'Status' },
  { to: '/policy', label: 'Policy' },
  { to: '/stores', label: 'Stores' },
  { to: '/data-map', label: 'Data map' },
  { to: '/retention', label: 'Retention' },
  { to: '/evidence', label: 'Evidence' },
] as const

export function useMe() {
  return useQuery({ queryKey: ['me'], queryFn: ({ signal }) => read<Me>('/me', {}, signal), staleTime: 60_000 })
}

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
            {PLACES.map(({ to, label }) => (
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
