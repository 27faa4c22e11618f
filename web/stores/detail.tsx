import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { Discovery } from '../../src/discovery/index.ts'
import { act, read } from '../api.ts'
import { FaultList, type ToldFault } from '../parts/fault-list.tsx'
import { Page } from '../parts/page.tsx'
import { Scroll } from '../parts/scroll.tsx'
import { Empty, Told, Trouble } from '../parts/told.tsx'
import { Findings } from './findings.tsx'
import type { StoreRow } from './list.tsx'

interface ShownStore {
  readonly store: StoreRow
  readonly text: string
  readonly map: {
    readonly tables: readonly {
      readonly table: string
      readonly person?: unknown
      readonly people: readonly { readonly role: string; readonly erase: string }[]
      readonly fields: readonly {
        readonly column: { readonly column: string }
        readonly is?: string
        readonly erase?: string
        readonly keep?: string
      }[]
    }[]
  }
}

interface Checked {
  readonly reachable: boolean
  readonly version: string | null
  readonly faults: readonly ToldFault[]
}

/** A store: what its map declares, whether that fits what is there, and what may lie in it that nobody declared. */
export function StoreDetail() {
  const { store } = useParams({ from: '/stores/$store' })
  const address = `/stores/${encodeURIComponent(store)}`
  const shown = useQuery({ queryKey: ['store', store], queryFn: ({ signal }) => read<ShownStore>(address, {}, signal) })
  const check = useMutation({ mutationFn: () => act<Checked>('POST', `${address}/check`) })
  const discover = useMutation({
    mutationFn: () => act<Discovery & { readonly draft: string }>('POST', `${address}/discover`),
  })
  return (
    <Page
      title={store}
      lead={<Link to="/stores">All stores</Link>}
      acts={
        <>
          <button type="button" disabled={check.isPending} onClick={() => check.mutate()}>
            {check.isPending ? 'Looking…' : 'Check the map against the store'}
          </button>
          <button type="button" disabled={discover.isPending} onClick={() => discover.mutate()}>
            {discover.isPending ? 'Looking…' : 'Look for personal data'}
          </button>
        </>
      }
    >
      {check.isError && <Trouble error={check.error} />}
      {check.data && (
        <section className="card" aria-labelledby="checked">
          <h2 id="checked">Map and store</h2>
          {check.data.faults.length === 0 ? (
            <p className="done" role="status">
              The map fits the live schema{check.data.version ? ` (${check.data.version})` : ''}.
            </p>
          ) : (
            <FaultList faults={check.data.faults} />
          )}
        </section>
      )}
      {discover.isError && <Trouble error={discover.error} />}
      {discover.data && shown.data && <Findings found={discover.data} declared={shown.data.map.tables} />}
      <Told of={shown}>
        {({ map, text }) => (
          <>
            {map.tables.length === 0 && <Empty title="The map declares no tables" />}
            {map.tables.map(({ table, person, people, fields }) => (
              <section className="card" key={table} aria-label={table}>
                <div className="row">
                  <h2 className="mono">{table}</h2>
                  <span className="quiet">
                    {person ? 'its rows are people' : people.map(({ role, erase }) => `${role}: ${erase}`).join(', ')}
                  </span>
                </div>
                <Scroll label={`Fields of ${table}`}>
                  <table>
                    <thead>
                      <tr>
                        <th scope="col">Field</th>
                        <th scope="col">Holds</th>
                        <th scope="col">An erasure</th>
                      </tr>
                    </thead>
                    <tbody>
                      {fields.map(({ column, is, erase, keep }) => (
                        <tr key={`${column.column} ${is} ${keep}`}>
                          <th scope="row" className="mono">
                            {column.column}
                          </th>
                          <td>{is ?? <span className="quiet">nothing personal</span>}</td>
                          <td>
                            {keep ? (
                              `keeps it: ${keep}`
                            ) : is ? (
                              (erase ?? 'clears it')
                            ) : (
                              <span className="quiet">leaves it</span>
                            )}
                          </td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </Scroll>
              </section>
            ))}
            <details className="card">
              <summary>The map as it is written</summary>
              <pre>{text}</pre>
            </details>
          </>
        )}
      </Told>
    </Page>
  )
}
