import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Discovery } from '../../src/discovery/index.ts'
import type { MapEdit } from '../../src/server/admin/edit-map.ts'
import { act } from '../api.ts'
import { Difference } from '../parts/difference.tsx'
import { Scroll } from '../parts/scroll.tsx'
import { Empty, Trouble } from '../parts/told.tsx'

interface Declared {
  readonly table: string
  readonly fields: readonly { readonly column: { readonly column: string }; readonly is?: string }[]
}

interface Finding {
  readonly table: string
  readonly column: string
  readonly category: string
  readonly sure: number
  readonly why: string
  /** What the map says today. */
  readonly says: string
}

/** Columns that seem to hold something else than the map says: to be accepted, which edits the map, or left. */
export function Findings({ found, declared }: { readonly found: Discovery; readonly declared: readonly Declared[] }) {
  const [left, setLeft] = useState<readonly string[]>([])
  const all = found.tables.flatMap(({ table, columns }) =>
    columns.flatMap(({ column, category, sure, why }): Finding[] => {
      const says = saysOf(declared, table, column)
      return category === 'none' || category === 'identifier' || says === category
        ? []
        : [{ table, column, category, sure, why, says }]
    }),
  )
  const open = all.filter((one) => !left.includes(nameOf(one)))
  return (
    <section className="card" aria-labelledby="findings">
      <h2 id="findings">What may lie in it</h2>
      <p className="quiet">
        Found by names, types, keys and a bounded sample of values; no value is shown or kept. Somebody who knows the
        software decides.
      </p>
      {open.length === 0 ? (
        <Empty title="Nothing else than the map says was found" />
      ) : (
        <Scroll label="Findings">
          <table>
            <thead>
              <tr>
                <th scope="col">Column</th>
                <th scope="col">Seems to hold</th>
                <th scope="col">The map says</th>
                <th scope="col">Decide</th>
              </tr>
            </thead>
            <tbody>
              {open.map((one) => (
                <Row
                  key={nameOf(one)}
                  store={found.store}
                  finding={one}
                  leave={() => setLeft([...left, nameOf(one)])}
                />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  )
}

function Row({
  store,
  finding,
  leave,
}: {
  readonly store: string
  readonly finding: Finding
  readonly leave: () => void
}) {
  const queries = useQueryClient()
  const { table, column, category, sure, why, says } = finding
  const edit = useMutation({
    mutationFn: (write: boolean) =>
      act<MapEdit>('POST', `/stores/${encodeURIComponent(store)}/declare`, { table, column, category, write }),
    onSuccess: async ({ written }) => {
      if (written) await queries.invalidateQueries({ queryKey: ['store', store] })
    },
  })
  const shown = edit.data !== undefined && !edit.data.written
  return (
    <>
      <tr>
        <th scope="row" className="mono">
          {table}.{column}
        </th>
        <td>
          <strong>{category}</strong> <span className="quiet">({Math.round(sure * 100)} % sure)</span>
          <br />
          <span className="quiet">{why}</span>
        </td>
        <td>{says}</td>
        <td>
          <div className="acts">
            <button type="button" disabled={edit.isPending} onClick={() => edit.mutate(false)}>
              Accept
              <span className="hidden">
                {' '}
                that {column} holds {category}
              </span>
              …
            </button>
            <button type="button" onClick={leave}>
              Leave it<span className="hidden"> as the map says: {column}</span>
            </button>
          </div>
        </td>
      </tr>
      {(shown || edit.isError) && (
        <tr>
          <td colSpan={4}>
            {edit.isError && <Trouble error={edit.error} />}
            {shown && (
              <>
                <p>This changes the map:</p>
                <Difference before={edit.data.before} after={edit.data.after} />
                <button type="button" className="main-act" onClick={() => edit.mutate(true)}>
                  Write it into the map
                </button>
              </>
            )}
          </td>
        </tr>
      )}
    </>
  )
}

const nameOf = ({ table, column }: Finding): string => `${table}.${column}`

function saysOf(declared: readonly Declared[], table: string, column: string): string {
  const fields = declared.find((one) => one.table === table)?.fields
  if (fields === undefined) return 'nothing: the table is not in it'
  const field = fields.find((one) => one.column.column === column)
  return field === undefined ? 'nothing' : (field.is ?? 'none')
}
