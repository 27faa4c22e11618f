import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { read } from '../api.ts'
import { Badge } from '../parts/badge.tsx'
import { Page } from '../parts/page.tsx'
import { Scroll } from '../parts/scroll.tsx'
import { Empty, Told } from '../parts/told.tsx'

export interface StoreRow {
  readonly store: string
  readonly role: string
  readonly country: string | null
  readonly tables: number
  readonly fields: number
  readonly executes: boolean
  readonly unopened: string | null
}

/** The data systems that the policy is carried out on. */
export function StoreList() {
  const stores = useQuery({
    queryKey: ['stores'],
    queryFn: ({ signal }) => read<{ readonly stores: readonly StoreRow[] }>('/stores', {}, signal),
  })
  return (
    <Page title="Stores" lead="The data systems that requests run over, and what their maps declare.">
      <Told of={stores}>
        {({ stores: rows }) =>
          rows.length === 0 ? (
            <Empty title="No store has a map yet">
              <p>
                <code>kept store discover</code> drafts one from a live system.
              </p>
            </Empty>
          ) : (
            <Scroll label="Stores">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Store</th>
                    <th scope="col">We are</th>
                    <th scope="col">Country</th>
                    <th scope="col" className="number">
                      Tables
                    </th>
                    <th scope="col" className="number">
                      Fields
                    </th>
                    <th scope="col">Kept may</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map(({ store, role, country, tables, fields, executes, unopened }) => (
                    <tr key={store}>
                      <th scope="row">
                        <Link to="/stores/$store" params={{ store }}>
                          {store}
                        </Link>{' '}
                        {unopened && <Badge tone="bad">not reached</Badge>}
                      </th>
                      <td>{role}</td>
                      <td>{country ?? <span className="quiet">not said</span>}</td>
                      <td className="number">{tables}</td>
                      <td className="number">{fields}</td>
                      <td>{executes ? 'read and change' : 'read only'}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
          )
        }
      </Told>
    </Page>
  )
}
