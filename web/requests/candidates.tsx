import { useState } from 'react'
import type { RequestDocument } from '../../src/requests/report.ts'
import { useRequestAct } from '../asked.ts'
import { Trouble } from '../parts/told.tsx'

type Choice = 'accept' | 'reject'

/** Records that share a hint with the person: nothing of theirs is touched unless somebody says it is the same person. */
export function Candidates({ document }: { readonly document: RequestDocument }) {
  const decide = useRequestAct(document.id, 'candidates')
  const [choices, setChoices] = useState<Readonly<Record<string, Choice>>>({})
  const open = document.candidates.filter(({ key }) => key !== null)
  if (open.length === 0) return null
  const waits = document.state === 'awaiting-approval' || document.state === 'received'
  const nameOf = ({ store, table, key }: (typeof open)[number]) => `${store} ${table} ${key}`
  const chosen = (choice: Choice) =>
    open.filter((one) => choices[nameOf(one)] === choice).map(({ store, table, key }) => ({ store, table, key }))
  return (
    <section className="card" aria-labelledby="candidates">
      <h2 id="candidates">Perhaps the same person</h2>
      <p>
        These records share something with the person that does not show who somebody is: a name, a phone, a street. Two
        people may share it. Nothing of them is touched unless you say that it is the same person.
      </p>
      <ul className="plain">
        {open.map((one) => {
          const name = nameOf(one)
          return (
            <li key={name} className="row">
              <span>
                same <strong>{one.hint}</strong>: {one.store}, {one.table}, record{' '}
                <span className="mono">{(JSON.parse(one.key ?? '[]') as string[]).join(', ')}</span>
              </span>
              {waits && (
                <fieldset className="choice">
                  <legend className="hidden">
                    Record {one.key} of {one.table}
                  </legend>
                  {(['accept', 'reject'] as const).map((choice) => (
                    <label key={choice}>
                      <input
                        type="radio"
                        name={name}
                        checked={choices[name] === choice}
                        onChange={() => setChoices({ ...choices, [name]: choice })}
                      />
                      {choice === 'accept' ? 'the same person' : 'somebody else'}
                    </label>
                  ))}
                </fieldset>
              )}
            </li>
          )
        })}
      </ul>
      {decide.isError && <Trouble error={decide.error} />}
      {waits && (
        <button
          type="button"
          className="main-act"
          disabled={decide.isPending || Object.keys(choices).length === 0}
          onClick={() => decide.mutate({ accept: chosen('accept'), reject: chosen('reject') })}
        >
          {decide.isPending ? 'Looking again…' : 'Decide, and look again'}
        </button>
      )}
    </section>
  )
}
