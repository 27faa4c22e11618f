import { useMutation, useQueryClient } from '@tanstack/react-query'
import { act } from '../api.ts'
import { useDraft } from '../draft.ts'
import { Trouble } from '../parts/told.tsx'

interface Draft {
  readonly ground: string
  readonly until: string
  readonly email: string
}

const NOTHING: Draft = { ground: '', until: '', email: '' }

/** A new hold: why, until when, and of whom. */
export function NewHold({
  grounds,
}: {
  readonly grounds: readonly { readonly name: string; readonly source: string }[]
}) {
  const queries = useQueryClient()
  const [draft, setDraft, drop] = useDraft('hold', NOTHING)
  const add = useMutation({
    mutationFn: () =>
      act('POST', '/holds', {
        ground: draft.ground,
        until: draft.until,
        identities: draft.email === '' ? [] : [{ kind: 'email', value: draft.email }],
      }),
    onSuccess: async () => {
      drop()
      await queries.invalidateQueries({ queryKey: ['holds'] })
    },
  })
  return (
    <details className="card">
      <summary>Hold data</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          add.mutate()
        }}
      >
        <div className="filters">
          <label>
            Ground
            <select
              required
              value={draft.ground}
              onChange={(event) => setDraft({ ...draft, ground: event.target.value })}
            >
              <option value="">choose one</option>
              {grounds.map(({ name, source }) => (
                <option key={name} value={name}>
                  {name.replaceAll('-', ' ')} ({source})
                </option>
              ))}
            </select>
          </label>
          <label>
            Until
            <input
              type="date"
              required
              value={draft.until}
              onChange={(event) => setDraft({ ...draft, until: event.target.value })}
            />
          </label>
          <label>
            Of whom (e-mail address); empty: everybody
            <input
              type="email"
              autoComplete="off"
              value={draft.email}
              onChange={(event) => setDraft({ ...draft, email: event.target.value })}
            />
          </label>
        </div>
        {add.isError && <Trouble error={add.error} />}
        <button type="submit" className="main-act" disabled={add.isPending}>
          Hold it
        </button>
      </form>
    </details>
  )
}
