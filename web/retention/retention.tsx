import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ExpiryCount } from '../../src/expiry.ts'
import type { HoldRecord } from '../../src/records.ts'
import type { RetentionPreview, SweepResult } from '../../src/retention/sweep.ts'
import { act, read } from '../api.ts'
import { Badge } from '../parts/badge.tsx'
import { Page } from '../parts/page.tsx'
import { Scroll } from '../parts/scroll.tsx'
import { Time } from '../parts/time.tsx'
import { Empty, Told, Trouble } from '../parts/told.tsx'
import { rows } from '../requests/words.ts'
import { NewHold } from './new-hold.tsx'

interface Act {
  readonly id: string
  readonly state: 'waiting' | 'running' | 'done' | 'failed'
  readonly result?: SweepResult
  readonly why?: string
}

interface Holds {
  readonly holds: readonly (HoldRecord & { readonly active: boolean })[]
  readonly grounds: readonly { readonly name: string; readonly source: string }[]
}

const WHAT: Record<ExpiryCount['what'], string> = {
  erase: 'the row goes',
  treat: 'its fields are cleared',
  review: 'waits for a person to look at it',
  held: 'stays under a hold',
  kept: 'stays under a named exception',
  undated: 'has no date: nobody can tell whether it is over',
  referenced: 'stays, because rows that stay need it',
  stuck: 'cannot go: a field or trigger forbids it',
}

/** What is over by its published term, and what is held beyond it. */
export function RetentionPage() {
  const preview = useQuery({
    queryKey: ['retention'],
    queryFn: ({ signal }) => read<RetentionPreview>('/retention/preview', {}, signal),
  })
  return (
    <Page title="Retention" lead="What is over by the terms that the policy publishes, and what is held beyond them.">
      <Told of={preview}>{(found) => <Over preview={found} />}</Told>
      <HoldList />
    </Page>
  )
}

function Over({ preview: { counts, gaps, copies } }: { readonly preview: RetentionPreview }) {
  const queries = useQueryClient()
  const [sure, setSure] = useState(false)
  const sweep = useMutation({ mutationFn: () => act<{ readonly act: Act }>('POST', '/retention/sweep') })
  const asked = sweep.data?.act.id
  const running = useQuery({
    queryKey: ['act', asked],
    enabled: asked !== undefined,
    queryFn: async ({ signal }) => {
      const { act: found } = await read<{ readonly act: Act }>(`/acts/${asked}`, {}, signal)
      if (found.state === 'done') await queries.invalidateQueries({ queryKey: ['retention'] })
      return found
    },
    refetchInterval: ({ state }) => (state.data?.state === 'done' || state.data?.state === 'failed' ? false : 1_000),
  })
  const going = counts.filter(({ what }) => what === 'erase' || what === 'treat')
  const over = going.reduce((sum, { rows: count }) => sum + count, 0)
  const state = running.data?.state
  return (
    <section aria-labelledby="over">
      <h2 id="over">What is over</h2>
      {counts.length === 0 ? (
        <Empty title="Nothing is over today" />
      ) : (
        <Scroll label="Rows that are over">
          <table>
            <thead>
              <tr>
                <th scope="col">Term</th>
                <th scope="col">Where</th>
                <th scope="col" className="number">
                  Rows
                </th>
                <th scope="col">What happens</th>
              </tr>
            </thead>
            <tbody>
              {counts.map(({ store, rule, table, what, rows: count }) => (
                <tr key={`${store} ${rule} ${table} ${what}`}>
                  <th scope="row">{rule}</th>
                  <td>
                    {store}.{table}
                  </td>
                  <td className="number">{count.toLocaleString()}</td>
                  <td>{WHAT[what]}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {gaps.map((gap) => (
        <p className="note" key={JSON.stringify(gap)}>
          The term {gap.rule} cannot be carried out
          {gap.store && ` in ${gap.store}`}
          {gap.table && `.${gap.table}`}: {gap.why.replaceAll('-', ' ')}.
        </p>
      ))}
      {copies.map(({ store, copy, until }) => (
        <p className="quiet" key={`${store} ${copy}`}>
          What goes from {store} today is gone from its copy {copy} by <Time at={until} only="date" />.
        </p>
      ))}
      {sweep.isError && <Trouble error={sweep.error} />}
      {state === 'done' && (
        <p className="done" role="status">
          Done, and read again to prove it.
        </p>
      )}
      {state === 'failed' && (
        <p className="trouble">The sweep failed: {running.data?.why}. It can simply be run again.</p>
      )}
      {over > 0 && (
        <>
          <label className="tick">
            <input type="checkbox" checked={sure} onChange={(event) => setSure(event.target.checked)} />
            <span>I have looked at it: {rows(over)} will go or be cleared, and this cannot be undone.</span>
          </label>
          <button
            type="button"
            className="danger"
            disabled={!sure || sweep.isPending || state === 'running' || state === 'waiting'}
            onClick={() => sweep.mutate()}
          >
            {state === 'running' || state === 'waiting' ? 'Sweeping…' : 'Sweep now'}
          </button>
        </>
      )}
    </section>
  )
}

function HoldList() {
  const queries = useQueryClient()
  const holds = useQuery({ queryKey: ['holds'], queryFn: ({ signal }) => read<Holds>('/holds', {}, signal) })
  const end = useMutation({
    mutationFn: (id: string) => act('DELETE', `/holds/${id}`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['holds'] }),
  })
  return (
    <section aria-labelledby="holds">
      <h2 id="holds">Holds</h2>
      {end.isError && <Trouble error={end.error} />}
      <Told of={holds}>
        {({ holds: all, grounds }) => (
          <>
            {all.length === 0 ? (
              <Empty title="Nothing is held">
                <p>A hold keeps rows beyond their term, for a ground that the law knows, until a day.</p>
              </Empty>
            ) : (
              <ul className="plain card">
                {all.map((hold) => (
                  <li key={hold.id} className="row">
                    <span>
                      <Badge tone={hold.active ? 'warn' : 'calm'}>{hold.active ? 'holds' : 'ended'}</Badge>{' '}
                      <strong>{hold.ground}</strong> until <Time at={hold.until} only="date" />,{' '}
                      {hold.identities === 0 ? 'everybody' : `${hold.identities} identities`}
                      {hold.data.length > 0 && `, ${hold.data.join(', ')}`}
                      {hold.stores.length > 0 && ` in ${hold.stores.join(', ')}`}
                    </span>
                    {hold.active && (
                      <button type="button" disabled={end.isPending} onClick={() => end.mutate(hold.id)}>
                        End it<span className="hidden"> ({hold.ground})</span>
                      </button>
                    )}
                  </li>
                ))}
              </ul>
            )}
            <NewHold grounds={grounds} />
          </>
        )}
      </Told>
    </section>
  )
}
