import { Link } from '@tanstack/react-router'
import { Page } from './parts/page.tsx'

export function NotFound() {
  return (
    <Page title="There is no such page">
      <p>
        The link may be old, or mistyped. <Link to="/">What needs you today</Link> is a good place to go on.
      </p>
    </Page>
  )
}
