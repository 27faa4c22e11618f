import type { RequestDocument } from '../../src/requests/report.ts'

export type Choice = 'accept' | 'reject'
export type Choices = Readonly<Record<string, Choice>>

type Candidate = RequestDocument['candidates'][number]

export const nameOf = ({ store, table, key }: Candidate): string => `${store} ${table} ${key}`

/** Records that share a hint with the person: nothing of theirs is touched unless somebody says it is the same person. */
export function Candidates({
  candidates,
  waits,
  choices,
  choose,
}: {
  readonly candidates: readonly Candidate[]
  readonly waits: boolean
  readonly choices: Choices
  readonly choose: (name: string, choice: Choice) => void
}) {
  if (candidates.length === 0) return null
  return (
    <section className="card" aria-labelledby="candidates">
      <h2 id="candidates">Perhaps the same person</h2>
      <p>
        These records share something with the person that does not show who somebody is: a name, a phone, a street. Two
        people may share it. Nothing of them is touched unless you say that it is the same person.
      </p>
      <ul className="plain">
        {candidates.map((one) => (
          <li key={nameOf(one)}>
            <fieldset className="choice">
              <legend>
                Same <strong>{one.hint}</strong>: {one.store}, {one.table}
                {one.key !== null && (
                  <>
                    , record <span className="mono">{(JSON.parse(one.key) as string[]).join(', ')}</span>
                  </>
                )}
              </legend>
              {waits &&
                (['accept', 'reject'] as const).map((choice) => (
                  <label key={choice}>
                    <input
                      type="radio"
                      name={nameOf(one)}
                      checked={(choices[nameOf(one)] ?? 'reject') === choice}
                      onChange={() => choose(nameOf(one), choice)}
                    />
                    {choice === 'accept' ? 'the same person' : 'somebody else'}
                  </label>
                ))}
            </fieldset>
          </li>
        ))}
      </ul>
    </section>
  )
}
