import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type RequestRow, statusQuery, useRequests } from '../asked.ts'
import { Badge } from '../parts/badge.tsx'
import { Page } from '../parts/page.tsx'
import { Due, Time } from '../parts/time.tsx'
import { Empty, Trouble } from '../parts/told.tsx'
import { KINDS, STATES } from '../requests/words.ts'
import { STANDINGS } from '../status/words.ts'

/** What needs a person today: nothing else stands on the first screen. */
export function Today() {
  const waiting = useRequests({ state: 'awaiting-approval', limit: 50 })
  const open = useRequests({ state: 'open', limit: 50 })
  const status = useQuery(statusQuery)
  const asked = [...pagesOf(open), ...pagesOf(waiting)].sort((one, other) => one.dueAt.localeCompare(other.dueAt))
  const broken = status.data?.commitments.filter((one) => one.status === 'broken') ?? []
  const tasks = status.data?.commitments.filter((one) => one.status === 'task') ?? []
  const unproven = status.data?.counts.unproven ?? 0
  const failed = [waiting, open, status].find(({ isError }) => isError)
  const read = [waiting, open, status].every(({ isSuccess }) => isSuccess)
  const nothing = read && asked.length + broken.length + tasks.length === 0
  return (
    <Page title="Today" lead="What needs a person, the most urgent first.">
      {failed && <Trouble error={failed.error} again={() => location.reload()} />}
      {!read && !failed && (
        <p className="waiting" role="status">
          Reading…
        </p>
      )}
      {nothing && (
        <Empty title="Nothing needs you now">
          <p>New requests, broken promises and tasks that are due appear here.</p>
        </Empty>
      )}
      {asked.length > 0 && (
        <Section title="Requests that wait for you" count={asked.length} all={<Link to="/requests">All requests</Link>}>
          {asked.map(({ id, kind, state, dueAt }) => (
            <li key={id} className="row">
              <span>
                <Link to="/requests/$id" params={{ id }}>
                  {KINDS[kind]} <span className="mono">{id}</span>
                </Link>{' '}
                <Badge tone={STATES[state].tone}>{STATES[state].word}</Badge>
              </span>
              <span>
                answer due <Due at={dueAt} />
              </span>
            </li>
          ))}
        </Section>
      )}
      {broken.length > 0 && (
        <Section
          title="Promises that are broken"
          count={broken.length}
          all={
            <Link to="/status" search={{ standing: 'broken' }}>
              Look at them in the notice
            </Link>
          }
        >
          {broken.map(({ commitment, why, since }) => (
            <li key={commitment}>
              <p className="tight">
                <Badge tone="bad">{STANDINGS.broken.word}</Badge> <strong className="mono">{commitment}</strong>
              </p>
              <p className="quiet tight">
                {why}
                {since && (
                  <>
                    {' '}
                    (since <Time at={since} only="date" />)
                  </>
                )}
              </p>
            </li>
          ))}
        </Section>
      )}
      {tasks.length > 0 && (
        <Section
          title="Tasks for people"
          count={tasks.length}
          all={
            <Link to="/status" search={{ standing: 'task' }}>
              All of them
            </Link>
          }
        >
          {tasks.slice(0, 8).map(({ commitment, why, task }) => (
            <li key={commitment} className="row">
              <span>
                <strong className="mono">{commitment}</strong> <span className="quiet">{why}</span>
              </span>
              <span>
                {task?.owner ?? 'nobody’s yet'}
                {task?.due && (
                  <>
                    , <Due at={task.due} />
                  </>
                )}
              </span>
            </li>
          ))}
        </Section>
      )}
      {unproven > 0 && (
        <p className="note">
          {unproven} {unproven === 1 ? 'commitment is' : 'commitments are'} not proven yet: nothing enforces or has
          checked {unproven === 1 ? 'it' : 'them'}.{' '}
          <Link to="/status" search={{ standing: 'unproven' }}>
            See which
          </Link>
        </p>
      )}
    </Page>
  )
}

function pagesOf({ data }: ReturnType<typeof useRequests>): RequestRow[] {
  return data?.pages.flatMap((page) => page.items) ?? []
}

function Section({
  title,
  count,
  all,
  children,
}: {
  readonly title: string
  readonly count: number
  readonly all: ReactNode
  readonly children: ReactNode
}) {
  return (
    <section className="card" aria-label={title}>
      <div className="row">
        <h2>
          {title} <span className="quiet">({count})</span>
        </h2>
        {all}
      </div>
      <ul className="plain">{children}</ul>
    </section>
  )
}
