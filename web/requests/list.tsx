import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useRequests } from '../asked.ts'
import { Badge } from '../parts/badge.tsx'
import { Page } from '../parts/page.tsx'
import { Scroll } from '../parts/scroll.tsx'
import { Due, Time } from '../parts/time.tsx'
import { Empty, Trouble } from '../parts/told.tsx'
import { KINDS, STATES } from './words.ts'

/** All requests, the newest first; what they are narrowed to stands in the address. */
export function RequestList() {
  const search = useSearch({ from: '/requests' })
  const navigate = useNavigate({ from: '/requests' })
  const requests = useRequests(search)
  const narrow = (state: string) => navigate({ search: { state: state === '' ? undefined : state }, replace: true })
  const all = requests.data?.pages.flatMap((page) => page.requests) ?? []
  return (
    <Page title="Requests" lead="What people asked for, and how far it is.">
      <div className="filters">
        <label>
          State
          <select value={search.state ?? ''} onChange={(event) => void narrow(event.target.value)}>
            <option value="">all</option>
            {Object.entries(STATES).map(([state, { word }]) => (
              <option key={state} value={state}>
                {word}
              </option>
            ))}
          </select>
        </label>
      </div>
      {requests.isError && <Trouble error={requests.error} again={() => void requests.refetch()} />}
      {requests.isPending && (
        <p className="waiting" role="status">
          Reading…
        </p>
      )}
      {requests.isSuccess && all.length === 0 && (
        <Empty title={search.state ? 'No request is like that' : 'Nobody has asked for anything yet'}>
          <p>
            {search.state
              ? 'Choose another state.'
              : 'Requests come by the privacy centre, by mail, through the API, or by the command kept request.'}
          </p>
        </Empty>
      )}
      {all.length > 0 && (
        <Scroll label="Requests">
          <table>
            <thead>
              <tr>
                <th scope="col">Request</th>
                <th scope="col">What</th>
                <th scope="col">State</th>
                <th scope="col">Received</th>
                <th scope="col">Answer due</th>
              </tr>
            </thead>
            <tbody>
              {all.map(({ id, kind, state, createdAt, dueAt, waitsFor }) => (
                <tr key={id}>
                  <th scope="row">
                    <Link to="/requests/$id" params={{ id }} className="mono">
                      {id}
                    </Link>
                  </th>
                  <td>{KINDS[kind]}</td>
                  <td>
                    <Badge tone={STATES[state].tone}>{STATES[state].word}</Badge>
                    {waitsFor.length > 0 && (
                      <span className="quiet"> by {waitsFor.map(({ store }) => store).join(', ')}</span>
                    )}
                  </td>
                  <td>
                    <Time at={createdAt} only="date" />
                  </td>
                  <td>{isOver(state) ? <span className="quiet">—</span> : <Due at={dueAt} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {requests.hasNextPage && (
        <button type="button" onClick={() => void requests.fetchNextPage()} disabled={requests.isFetchingNextPage}>
          {requests.isFetchingNextPage ? 'Reading…' : 'Show older ones'}
        </button>
      )}
    </Page>
  )
}

const isOver = (state: string): boolean => state === 'done' || state === 'denied' || state === 'cancelled'
