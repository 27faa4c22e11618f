import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import type { RequestDocument, StoreReport } from '../../src/requests/report.ts'
import { type ShownRequest, useRequest } from '../asked.ts'
import { useMe } from '../me.ts'
import { Badge } from '../parts/badge.tsx'
import { Page } from '../parts/page.tsx'
import { Scroll } from '../parts/scroll.tsx'
import { Due, Time } from '../parts/time.tsx'
import { Told } from '../parts/told.tsx'
import { Candidates, type Choices } from './candidates.tsx'
import { Next } from './next.tsx'
import { Proof } from './proof.tsx'
import { KINDS, rows, SHARED, STATES, TO_DO } from './words.ts'

/** One request: what is asked, what would be done, what was done, and what proves it. */
export function RequestDetail() {
  const { id } = useParams({ from: '/requests/$id' })
  const request = useRequest(id, useMe().data?.roles)
  return <Told of={request}>{(document) => <Shown key={id} document={document} />}</Told>
}

function Shown({ document }: { readonly document: ShownRequest }) {
  const { id, kind, state, dueAt, createdAt, stores, candidates, notAsked } = document
  const [choices, setChoices] = useState<Choices>({})
  return (
    <Page
      title={`${KINDS[kind]} ${id}`}
      lead={
        <>
          <Badge tone={STATES[state].tone}>{STATES[state].word}</Badge> received <Time at={createdAt} only="date" />
          {!isOver(document) && (
            <>
              , answer due <Due at={dueAt} />
            </>
          )}
        </>
      }
    >
      <Next document={document} choices={choices} />
      <Candidates
        candidates={candidates}
        waits={state === 'awaiting-approval' || state === 'received'}
        choices={choices}
        choose={(name, choice) => setChoices({ ...choices, [name]: choice })}
      />
      {stores.map((store) => (
        <StorePart key={store.store} kind={kind} store={store} />
      ))}
      {notAsked.length > 0 && <p className="note">This request does not ask: {notAsked.join(', ')}.</p>}
      <Proof document={document} />
      <Record document={document} />
    </Page>
  )
}

const isOver = ({ state }: RequestDocument): boolean => state === 'done' || state === 'denied' || state === 'cancelled'

const PART: Record<StoreReport['state'], string> = {
  pending: 'not carried out yet',
  unreachable: 'not reached',
  failed: 'failed, nothing was changed',
  executed: 'carried out, not proven yet',
  proven: 'carried out and proven',
  task: 'a person carries it out: see its task',
  attested: 'a person said that it was carried out',
}

function StorePart({ kind, store }: { readonly kind: RequestDocument['kind']; readonly store: StoreReport }) {
  const { tables, shared, kept, obstacles, removed } = store
  const nothing = tables.length + kept.length === 0
  return (
    <section className="card" aria-labelledby={`store-${store.store}`}>
      <div className="row">
        <h2 id={`store-${store.store}`}>{store.store}</h2>
        <span className="quiet">{PART[store.state]}</span>
      </div>
      {kind === 'erasure' &&
        obstacles.map(({ code, table, what, mend }) => (
          <div className="note" key={`${code} ${table} ${what}`}>
            <strong>This cannot be carried out:</strong> {table}: {what}. {mend}
          </div>
        ))}
      {store.unreachable.length > 0 && (
        <p className="note">
          {store.unreachable.length} tables were not visited ({store.unreachable[0]?.why}). It is tried again by itself.
        </p>
      )}
      {nothing && store.unreachable.length === 0 && <p className="quiet">Nothing of the person was found here.</p>}
      {tables.length > 0 && (
        <Scroll label={`Rows in ${store.store}`}>
          <table>
            <thead>
              <tr>
                <th scope="col">Table</th>
                <th scope="col" className="number">
                  Rows
                </th>
                <th scope="col">{kind === 'erasure' ? 'What happens' : 'Part'}</th>
                <th scope="col">The person is</th>
                <th scope="col">Fields</th>
              </tr>
            </thead>
            <tbody>
              {tables.map((row) => (
                <tr key={`${row.table} ${row.role} ${row.action}`}>
                  <th scope="row">{row.table}</th>
                  <td className="number">{row.rows.toLocaleString()}</td>
                  <td>{kind === 'erasure' ? TO_DO[row.action] : 'copied'}</td>
                  <td>{row.role}</td>
                  <td>{row.fields.join(', ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {kind === 'erasure' && kept.length > 0 && (
        <>
          <h3>Kept, and why</h3>
          <ul>
            {kept.map(({ table, field, rows: count, exception, until }) => (
              <li key={`${table} ${field} ${exception}`}>
                {table}.{field}: {rows(count)} under <strong>{exception}</strong>
                {until ? (
                  <>
                    , until <Time at={until} only="date" />
                  </>
                ) : (
                  ', without an end by itself'
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {kind === 'erasure' && shared.length > 0 && (
        <>
          <h3>Shared with others</h3>
          <ul>
            {shared.map(({ table, role, rows: count, why }) => (
              <li key={`${table} ${role} ${why}`}>
                {table}: {rows(count)} as {role}: {SHARED[why]}
              </li>
            ))}
          </ul>
        </>
      )}
      {removed.map(({ table, field, cells }) => (
        <p key={`${table} ${field}`}>
          {table}.{field}: {cells} containers could not be rewritten and were removed whole.
        </p>
      ))}
    </section>
  )
}

function Record({ document }: { readonly document: RequestDocument }) {
  const { approval, closing, evidence, policyVersion } = document
  return (
    <section className="card" aria-labelledby="record">
      <h2 id="record">On record</h2>
      <dl className="facts">
        <dt>Policy</dt>
        <dd>{policyVersion.date ? `version of ${policyVersion.date}` : 'not a published version'}</dd>
        {approval && (
          <>
            <dt>Approved</dt>
            <dd>
              by <span className="mono">{approval.by}</span>, <Time at={approval.at} />
            </dd>
          </>
        )}
        {closing?.ground && (
          <>
            <dt>Ground of the denial</dt>
            <dd>{closing.ground}</dd>
          </>
        )}
        <dt>Evidence</dt>
        <dd>
          {evidence.first === null ? (
            'none yet'
          ) : (
            <Link to="/evidence" search={{ request: document.id }}>
              entries {evidence.first} to {evidence.last}
            </Link>
          )}
        </dd>
      </dl>
    </section>
  )
}
