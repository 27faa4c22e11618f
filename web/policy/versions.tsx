import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Difference } from '../../src/notice/difference/difference.ts'
import { act, read } from '../api.ts'
import { Badge } from '../parts/badge.tsx'
import { Page } from '../parts/page.tsx'
import { Time } from '../parts/time.tsx'
import { Empty, Told, Trouble } from '../parts/told.tsx'
import { Differences } from './differences.tsx'

interface Version {
  readonly number: number
  readonly date: string
  readonly effective: string
  readonly inForce: boolean
  readonly publishedAt: string
  readonly activatedAt: string | null
  readonly notice: string
  readonly differences: readonly Difference[]
  readonly shown: readonly {
    readonly by: string
    readonly place: string
    readonly at: string
    readonly evidence: number
  }[]
  readonly evidence: { readonly published: number; readonly activated: number | null }
  readonly problem: string | null
}

interface Versions {
  readonly whole: boolean
  readonly inForce: string | null
  readonly versions: readonly Version[]
}

/** The published versions, each with what changed and what attests it; the newest can be let take effect. */
export function VersionsPage() {
  const queries = useQueryClient()
  const versions = useQuery({
    queryKey: ['versions'],
    queryFn: ({ signal }) => read<Versions>('/notice/versions', {}, signal),
  })
  const publish = useMutation({
    mutationFn: () => act('POST', '/notice/versions', {}),
    onSuccess: () => queries.invalidateQueries(),
  })
  return (
    <Page
      title="Versions"
      lead={<Link to="/policy">The policy file</Link>}
      acts={
        <button type="button" className="main-act" disabled={publish.isPending} onClick={() => publish.mutate()}>
          {publish.isPending ? 'Publishing…' : 'Publish the file as a version'}
        </button>
      }
    >
      {publish.isError && <Trouble error={publish.error} />}
      {publish.isSuccess && (
        <p className="done" role="status">
          Published. Put its page where people find it, then let it take effect.
        </p>
      )}
      <Told of={versions}>
        {({ versions: all, whole }) => (
          <>
            {!whole && (
              <p className="trouble" role="alert">
                A version does not match what the evidence log says of it. Verify the evidence, and compare with a pack.
              </p>
            )}
            {all.length === 0 && (
              <Empty title="Nothing was published yet">
                <p>
                  Publishing records the policy and its notice, dated and hashed; nobody is under it before it takes
                  effect.
                </p>
              </Empty>
            )}
            {all.toReversed().map((version) => (
              <VersionCard key={version.number} version={version} newest={version.number === all.at(-1)?.number} />
            ))}
          </>
        )}
      </Told>
    </Page>
  )
}

function VersionCard({ version, newest }: { readonly version: Version; readonly newest: boolean }) {
  const { date, effective, inForce, activatedAt, shown, evidence, differences, problem } = version
  return (
    <section className="card" aria-labelledby={`version-${date}`}>
      <div className="row">
        <h2 id={`version-${date}`}>
          <Time at={date} only="date" />
        </h2>
        {inForce ? (
          <Badge tone="good">in force</Badge>
        ) : activatedAt === null ? (
          <Badge tone="warn">not in force</Badge>
        ) : (
          <Badge tone="calm">was in force</Badge>
        )}
      </div>
      {problem && <p className="trouble">{problem}</p>}
      <dl className="facts">
        <dt>Takes effect not before</dt>
        <dd>
          <Time at={effective} only="date" />
        </dd>
        <dt>Seen by people at</dt>
        <dd>
          {shown.length === 0
            ? 'no place that was looked at'
            : shown.map(({ place, at }) => (
                <span key={`${place} ${at}`}>
                  {place} (<Time at={at} />){' '}
                </span>
              ))}
        </dd>
        <dt>Evidence</dt>
        <dd>
          <Link to="/evidence" search={{ from: String(evidence.published) }}>
            published {evidence.published}
          </Link>
          {evidence.activated !== null && (
            <>
              {', '}
              <Link to="/evidence" search={{ from: String(evidence.activated) }}>
                in force {evidence.activated}
              </Link>
            </>
          )}
        </dd>
      </dl>
      {differences.length > 0 && (
        <details>
          <summary>What changed ({differences.length})</summary>
          <Differences differences={differences} />
        </details>
      )}
      {newest && !inForce && <Activation date={date} />}
    </section>
  )
}

function Activation({ date }: { readonly date: string }) {
  const queries = useQueryClient()
  const [page, setPage] = useState('')
  const activate = useMutation({
    mutationFn: () =>
      act('POST', `/notice/versions/${date}/activate`, { pages: page.trim() === '' ? [] : [page.trim()] }),
    onSuccess: () => queries.invalidateQueries(),
  })
  return (
    <form
      className="activation"
      onSubmit={(event) => {
        event.preventDefault()
        activate.mutate()
      }}
    >
      <label>
        Where people find this version
        <input
          type="url"
          value={page}
          placeholder="https://…/privacy"
          onChange={(event) => setPage(event.target.value)}
        />
      </label>
      <p className="quiet">
        The page is fetched and compared, letter by letter. Where it shows something else, or people had less time than
        the policy promises, the version does not take effect.
      </p>
      {activate.isError && <Trouble error={activate.error} />}
      <button type="submit" className="main-act" disabled={activate.isPending}>
        {activate.isPending ? 'Looking at the page…' : 'Let it take effect'}
      </button>
    </form>
  )
}
