import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { SentenceState } from '../../src/status/sentences.ts'
import { type StatusDocument, statusQuery } from '../asked.ts'
import { Badge } from '../parts/badge.tsx'
import { Page } from '../parts/page.tsx'
import { Scroll } from '../parts/scroll.tsx'
import { Time } from '../parts/time.tsx'
import { Empty, Told } from '../parts/told.tsx'
import { STANDINGS } from './words.ts'

/** Every sentence of the notice, and every commitment of the policy: how it is kept, and the entry that says so. */
export function StatusPage() {
  const status = useQuery(statusQuery)
  return (
    <Page title="Status" lead="What the notice promises, and what shows that it is kept.">
      <Told of={status}>{(document) => <Standings document={document} />}</Told>
    </Page>
  )
}

function Standings({ document }: { readonly document: StatusDocument }) {
  const search = useSearch({ from: '/status' })
  const navigate = useNavigate({ from: '/status' })
  const standing = search.standing as SentenceState | undefined
  const bySentence = document.sentences.length > 0
  const counts: Readonly<Partial<Record<SentenceState, number>>> = bySentence ? document.totals : document.counts
  const shown = document.sentences.filter((sentence) => standing === undefined || sentence.state === standing)
  const commitments = document.commitments.filter((one) => standing === undefined || one.status === standing)
  return (
    <>
      <ul className="cards plain-cards" aria-label="How many">
        {(Object.keys(STANDINGS) as SentenceState[])
          .filter((state) => counts[state] !== undefined)
          .map((state) => (
            <li key={state} className="card">
              <button
                type="button"
                className="figure-button"
                aria-pressed={standing === state}
                onClick={() =>
                  void navigate({ search: { standing: standing === state ? undefined : state }, replace: true })
                }
              >
                <span className="figure">{counts[state]}</span>{' '}
                <Badge tone={STANDINGS[state].tone}>{STANDINGS[state].word}</Badge>
              </button>
              <p className="quiet">{STANDINGS[state].means}</p>
            </li>
          ))}
      </ul>
      {bySentence && (
        <section aria-labelledby="sentences">
          <h2 id="sentences">Sentence by sentence</h2>
          {shown.length === 0 && <Empty title="No sentence stands like that" />}
          <ol className="plain sentences">
            {shown.map((sentence) =>
              sentence.heading ? (
                <li key={sentence.id} className="sentence-heading">
                  {sentence.text}
                </li>
              ) : (
                <li key={sentence.id} id={sentence.id} className={`sentence sentence-${sentence.state}`}>
                  <p>{sentence.text}</p>
                  <p className="quiet">
                    <Badge tone={STANDINGS[sentence.state].tone}>{STANDINGS[sentence.state].word}</Badge> {sentence.why}
                    {sentence.checked && (
                      <>
                        {' '}
                        (<Time at={sentence.checked} />)
                      </>
                    )}
                    {sentence.task?.owner && <> Whose task: {sentence.task.owner}.</>}
                    {sentence.task?.due && (
                      <>
                        {' '}
                        By <Time at={sentence.task.due} only="date" />.
                      </>
                    )}
                    {sentence.evidence !== null && (
                      <>
                        {' '}
                        <Link to="/evidence" search={{ from: String(sentence.evidence) }}>
                          evidence {sentence.evidence}
                        </Link>
                      </>
                    )}
                    {sentence.commitments.length > 0 && <> · {sentence.commitments.join(', ')}</>}
                  </p>
                </li>
              ),
            )}
          </ol>
        </section>
      )}
      <h2>Commitments of the policy</h2>
      {commitments.length === 0 ? (
        <Empty title="No commitment stands like that" />
      ) : (
        <Scroll label="Commitments">
          <table>
            <thead>
              <tr>
                <th scope="col">Commitment</th>
                <th scope="col">Standing</th>
                <th scope="col">Why</th>
                <th scope="col">Since</th>
                <th scope="col">Evidence</th>
              </tr>
            </thead>
            <tbody>
              {commitments.map((one) => (
                <tr key={one.commitment}>
                  <th scope="row" className="mono">
                    {one.commitment}
                  </th>
                  <td>
                    <Badge tone={STANDINGS[one.status].tone}>{STANDINGS[one.status].word}</Badge>
                  </td>
                  <td>
                    {one.why}
                    {one.task?.owner && <> ({one.task.owner})</>}
                  </td>
                  <td>{one.since === null ? <span className="quiet">—</span> : <Time at={one.since} only="date" />}</td>
                  <td>
                    {one.evidence === null ? (
                      <span className="quiet">none</span>
                    ) : (
                      <Link to="/evidence" search={{ from: String(one.evidence) }}>
                        {one.evidence}
                      </Link>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </>
  )
}
