import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Refused } from '../api.ts'

/** What went wrong and how to mend it, in the server's words. */
export function Trouble({ error, again }: { readonly error: unknown; readonly again?: () => void }) {
  const problem = error instanceof Refused ? error.problem : undefined
  return (
    <div className="trouble" role="alert">
      <p>
        <strong>{problem?.title ?? 'Something went wrong'}.</strong>{' '}
        {problem?.detail ?? 'This page could not be shown.'}
      </p>
      {problem && <p>{problem.mend}</p>}
      {problem?.faults && problem.faults.length > 1 && (
        <ul>
          {problem.faults.map((fault) => (
            <li key={`${fault.code} ${JSON.stringify(fault.where ?? null)} ${fault.what}`}>
              {fault.what}. {fault.mend}
            </li>
          ))}
        </ul>
      )}
      {again && (
        <button type="button" onClick={again}>
          Try again
        </button>
      )}
      {problem && <p className="quiet">Code: {problem.code}</p>}
    </div>
  )
}

/** Shows what was read; while it is read a word of it, and where it failed why. */
export function Told<T>({
  of,
  children,
}: {
  readonly of: UseQueryResult<T>
  readonly children: (data: T) => ReactNode
}) {
  if (of.data !== undefined) return children(of.data)
  if (of.isError) return <Trouble error={of.error} again={() => void of.refetch()} />
  return (
    <p className="waiting" role="status">
      Reading…
    </p>
  )
}

/** Nothing is there: says so, and what would make something appear. */
export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {children && <div>{children}</div>}
    </div>
  )
}
