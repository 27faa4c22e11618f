import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { CommitmentStatus } from '../../src/status/status.ts'
import { read } from '../api.ts'
import type { RequestRow } from '../asked.ts'
import { Badge } from '../parts/badge.tsx'
import { Page } from '../parts/page.tsx'
import { Due, Time } from '../parts/time.tsx'
import { Empty, Told } from '../parts/told.tsx'
import { KINDS, STATES } from '../requests/words.ts'
import { STANDINGS } from '../status/words.ts'

interface Tasks {
  readonly requests: readonly RequestRow[]
  /** Whatever is not kept. */
  readonly commitments: readonly CommitmentStatus[]
}

/** What needs a person today: nothing else stands on the first screen. */
export function Today() {
  const tasks = useQuery({ queryKey: ['tasks'], queryFn: ({ signal }) => read<Tasks>('/tasks', {}, signal) })
  return (
    <Page title="Today" lead="What needs a person, the most urgent first.">
      <Told of={tasks}>{(found) => <Waiting tasks={found} />}</Told>
    </Page>
  )
}

function Waiting({ tasks: { requests: asked, commitments } }: { readonly tasks: Tasks }) {
  const standing = (status: CommitmentStatus['status']) => commitments.filter((one) => one.status === status)
  const [broken, tasks, unproven] = [standing('broken'), standing('task'), standing('unproven').length]
  return (
    <>
      {asked.length + broken.length + tasks.length === 0 && (
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
    </>
  )
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
