import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { Entry } from '../../src/ledger.ts'
import { act, read } from '../api.ts'
import { Page } from '../parts/page.tsx'
import { Time } from '../parts/time.tsx'
import { Empty, Told, Trouble } from '../parts/told.tsx'

interface Entries {
  readonly items: readonly Entry[]
  readonly next: string | null
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
  readonly entries: number
  readonly why?: string
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
    queryFn: ({ pageParam, signal }) => read<Entries>('/evidence/entries', { ...search, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
  const verify = useMutation({ mutationFn: () => act<Verified>('POST', '/evidence/verify', {}) })
  const all = entries.data?.pages.flatMap((page) => page.items) ?? []
  const narrow = (name: 'type' | 'subject', value: string) =>
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
            ? `${verify.data.entries.toLocaleString()} entries hang together, and the signature is right.`
            : `The log does not hang together: ${verify.data.why ?? 'it was changed'}. Keep everything as it is, and compare with an earlier pack.`}
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
          Type begins with
          <input
            defaultValue={search.type ?? ''}
            placeholder="request."
            onChange={(event) => void narrow('type', event.target.value.trim())}
          />
        </label>
        <label>
          Request or case
          <input
            defaultValue={search.subject ?? ''}
            className="mono"
            onChange={(event) => void narrow('subject', event.target.value.trim())}
          />
        </label>
      </div>
      {entries.isError && <Trouble error={entries.error} again={() => void entries.refetch()} />}
      {entries.isSuccess && all.length === 0 && <Empty title="No entry is like that" />}
      <ol className="plain entries" reversed>
        {all.map((entry) => (
          <li key={entry.index} id={`entry-${entry.index}`}>
            <details>
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
