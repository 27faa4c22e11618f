import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { Entry } from '../../src/ledger.ts'
import { act, read } from '../api.ts'
import { Page } from '../parts/page.tsx'
import { Time } from '../parts/time.tsx'
import { Empty, Told, Trouble } from '../parts/told.tsx'

interface Entries {
  readonly size: number
  readonly entries: readonly Entry[]
  readonly next: number | null
}

interface Checkpoint {
  readonly size: number
  readonly root: string
  readonly note: string
  /** C2SP verifier key: `--key` of `kept evidence verify` takes it. */
  readonly key: string
}

interface Verified {
  readonly ok: boolean
  readonly problems: readonly { readonly what?: string }[]
}

/** The evidence log: what was done and found, whether it still hangs together, and a pack to check elsewhere. */
export function EvidencePage() {
  const search = useSearch({ from: '/evidence' })
  const navigate = useNavigate({ from: '/evidence' })
  const checkpoint = useQuery({
    queryKey: ['checkpoint'],
    queryFn: ({ signal }) => read<Checkpoint>('/evidence/checkpoint', {}, signal),
  })
  const entries = useInfiniteQuery({
    queryKey: ['evidence', search],
    queryFn: ({ pageParam, signal }) => {
      const { type, request } = search
      return read<Entries>('/evidence/entries', { type, request, before: pageParam }, signal)
    },
    // An entry that a link names stands at the top.
    initialPageParam: search.from === undefined ? undefined : Number(search.from) + 1,
    getNextPageParam: (last) => last.next ?? undefined,
  })
  const verify = useMutation({ mutationFn: () => act<Verified>('POST', '/evidence/verify', {}) })
  const all = entries.data?.pages.flatMap((page) => page.entries) ?? []
  const narrow = (name: 'type' | 'request', value: string) =>
    navigate({
      search: (before) => ({ ...before, [name]: value === '' ? undefined : value, from: undefined }),
      replace: true,
    })
  return (
    <Page
      title="Evidence"
      lead="Every act and finding, in an order that nobody can change unseen. It holds no personal data."
      acts={
        <>
          <button type="button" disabled={verify.isPending} onClick={() => verify.mutate()}>
            {verify.isPending ? 'Verifying…' : 'Verify now'}
          </button>
          <a className="button main-act" href="/api/v1/evidence/pack" download>
            Download the pack
          </a>
        </>
      }
    >
      {verify.isError && <Trouble error={verify.error} />}
      {verify.data && (
        <p className={verify.data.ok ? 'done' : 'trouble'} role="status">
          {verify.data.ok
            ? 'All entries hang together, and the signature is right.'
            : `The log does not hang together: ${verify.data.problems.map(({ what }) => what).join('; ')}. Keep everything as it is, and compare with an earlier pack.`}
        </p>
      )}
      <section className="card" aria-labelledby="checkpoint">
        <h2 id="checkpoint">Where the log stands</h2>
        <Told of={checkpoint}>
          {({ size, root, key }) => (
            <dl className="facts">
              <dt>Entries</dt>
              <dd>{size.toLocaleString()}</dd>
              <dt>Root</dt>
              <dd className="mono">{root}</dd>
              <dt>Key of the signer</dt>
              <dd className="mono">{key}</dd>
            </dl>
          )}
        </Told>
        <p className="quiet">
          An auditor checks a pack on a machine of their own, without asking this server:{' '}
          <code>kept evidence verify PACK --key KEY</code>. Give them the key by another way than the pack.
        </p>
      </section>
      <div className="filters">
        <label>
          Type
          <input
            key={search.type}
            defaultValue={search.type ?? ''}
            placeholder="request.executed/1"
            className="mono"
            onBlur={(event) => void narrow('type', event.target.value.trim())}
            onKeyDown={(event) => event.key === 'Enter' && void narrow('type', event.currentTarget.value.trim())}
          />
        </label>
        <label>
          Request
          <input
            key={search.request}
            defaultValue={search.request ?? ''}
            className="mono"
            onBlur={(event) => void narrow('request', event.target.value.trim())}
            onKeyDown={(event) => event.key === 'Enter' && void narrow('request', event.currentTarget.value.trim())}
          />
        </label>
      </div>
      {entries.isError && <Trouble error={entries.error} again={() => void entries.refetch()} />}
      {entries.isSuccess && all.length === 0 && (
        <Empty title="No entry is like that">
          <p>
            {entries.hasNextPage
              ? 'There are earlier ones that were not looked at yet.'
              : 'Look for another type or request.'}
          </p>
        </Empty>
      )}
      <ol className="plain entries" reversed>
        {all.map((entry) => (
          <li key={entry.index} id={`entry-${entry.index}`}>
            <details open={String(entry.index) === search.from}>
              <summary>
                <span className="number-of">{entry.index}</span> <span className="mono">{entry.type}</span>{' '}
                <span className="quiet">
                  <Time at={entry.at} />
                </span>
              </summary>
              <pre>{JSON.stringify(entry.body, null, 2)}</pre>
              <p className="quiet mono">leaf {entry.leaf}</p>
            </details>
          </li>
        ))}
      </ol>
      {entries.hasNextPage && (
        <button type="button" disabled={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>
          {entries.isFetchingNextPage ? 'Reading…' : 'Show earlier ones'}
        </button>
      )}
    </Page>
  )
}
