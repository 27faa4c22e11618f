import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { DataMapAnswer } from '../../src/server/admin/routes.ts'
import { read } from '../api.ts'
import { Page } from '../parts/page.tsx'
import { Scroll } from '../parts/scroll.tsx'
import { Empty, Told } from '../parts/told.tsx'

type Column = 'category' | 'purpose' | 'store' | 'country'

const FILTERS: readonly { readonly column: Column; readonly label: string }[] = [
  { column: 'category', label: 'Data' },
  { column: 'purpose', label: 'Purpose' },
  { column: 'store', label: 'Store' },
  { column: 'country', label: 'Country' },
]

/** Where each category of data goes: drawn, and as a list that can be searched and copied. */
export function DataMap() {
  const search = useSearch({ from: '/data-map' })
  const navigate = useNavigate({ from: '/data-map' })
  const all = useQuery({
    queryKey: ['data-map'],
    queryFn: ({ signal }) => read<DataMapAnswer>('/data-map', {}, signal),
  })
  const query = new URLSearchParams(
    Object.entries(search).filter((pair): pair is [string, string] => pair[1] !== undefined),
  ).toString()
  const drawing = `/api/v1/data-map.svg${query === '' ? '' : `?${query}`}`
  return (
    <Page
      title="Data map"
      lead="What the policy and the store maps declare: which data is used for what, where it lies, who receives it, and in which country."
      acts={
        <a className="button" href={drawing} download="data-map.svg">
          Download the drawing
        </a>
      }
    >
      <Told of={all}>
        {({ flows, words }) => {
          const shown = flows.filter((flow) =>
            FILTERS.every(({ column }) => search[column] === undefined || flow[column] === search[column]),
          )
          const said = (column: Column | 'recipient', name: string | undefined) =>
            name === undefined ? '' : (words[column]?.[name] ?? name)
          return (
            <>
              <div className="filters">
                {FILTERS.map(({ column, label }) => (
                  <label key={column}>
                    {label}
                    <select
                      value={search[column] ?? ''}
                      onChange={(event) =>
                        void navigate({
                          search: (before) => ({ ...before, [column]: event.target.value || undefined }),
                          replace: true,
                        })
                      }
                    >
                      <option value="">all</option>
                      {Object.entries(words[column] ?? {}).map(([name, word]) => (
                        <option key={name} value={name}>
                          {word}
                        </option>
                      ))}
                    </select>
                  </label>
                ))}
              </div>
              {shown.length === 0 ? (
                <Empty title="Nothing declared is like that">
                  <p>Choose fewer filters, or declare it in the policy or in a store map.</p>
                </Empty>
              ) : (
                <>
                  <Scroll label="Drawing of the data map">
                    <img
                      className="drawing"
                      src={drawing}
                      alt="The flows that the table below lists, drawn from data to countries"
                    />
                  </Scroll>
                  <Scroll label="Flows of data">
                    <table>
                      <thead>
                        <tr>
                          <th scope="col">Data</th>
                          <th scope="col">For</th>
                          <th scope="col">Lies in</th>
                          <th scope="col">Goes to</th>
                          <th scope="col">Country</th>
                        </tr>
                      </thead>
                      <tbody>
                        {shown.map((flow) => (
                          <tr key={JSON.stringify(flow)}>
                            <th scope="row">{said('category', flow.category)}</th>
                            <td>
                              {flow.purpose === undefined ? (
                                <span className="quiet">no purpose uses it there</span>
                              ) : (
                                said('purpose', flow.purpose)
                              )}
                            </td>
                            <td>{flow.store}</td>
                            <td>{flow.recipient}</td>
                            <td>{said('country', flow.country)}</td>
                          </tr>
                        ))}
                      </tbody>
                    </table>
                  </Scroll>
                </>
              )}
            </>
          )
        }}
      </Told>
    </Page>
  )
}
