import { useState } from 'react'
import type { RequestDocument } from '../../src/requests/report.ts'
import { Refused } from '../api.ts'
import { type ShownRequest, useRequestAct } from '../asked.ts'
import { Trouble } from '../parts/told.tsx'
import { type Choice, type Choices, nameOf } from './candidates.tsx'
import { rows } from './words.ts'

/** What happens next with a request, and what can be done about it. `choices`: what was decided about candidates. */
export function Next({ document, choices }: { readonly document: ShownRequest; readonly choices: Choices }) {
  const { id, kind, state, stores, approvalHash } = document
  const approve = useRequestAct(id, 'approve')
  const resume = useRequestAct(id, 'resume')
  const cancel = useRequestAct(id, 'cancel')
  const [looked, setLooked] = useState<string>()
  const sure = looked !== undefined && looked === approvalHash
  // What stands in the way of an erasure does not keep anybody from their copy.
  const blocked = kind === 'erasure' && stores.some(({ obstacles }) => obstacles.length > 0)
  const touched = stores.flatMap(({ tables }) => tables).reduce((sum, { rows: count }) => sum + count, 0)
  const changed = approve.error instanceof Refused && approve.error.problem.code === 'request.changed'
  const failed = [approve, resume, cancel].find(({ isError }) => isError)
  const can = {
    approve: state === 'awaiting-approval' && !blocked,
    resume: state === 'open' || (state === 'awaiting-approval' && blocked),
    cancel: state === 'received' || state === 'awaiting-approval',
  }
  const chosen = (choice: Choice) =>
    document.candidates
      .filter((one) => one.key !== null && choices[nameOf(one)] === choice)
      .map(({ store, table, key }) => ({ store, table, key }))
  return (
    <section className="card" aria-labelledby="next">
      <h2 id="next">What happens next</h2>
      <p role="status">{wordsOf(document, blocked)}</p>
      {changed && (
        <p className="note" role="alert">
          What would be done has changed with this: look at it again below, then approve it.
        </p>
      )}
      {failed && !changed && <Trouble error={failed.error} />}
      {can.approve && kind === 'erasure' && (
        <label className="tick">
          <input
            type="checkbox"
            checked={sure}
            onChange={(event) => setLooked(event.target.checked ? (approvalHash ?? undefined) : undefined)}
          />
          <span>
            I have looked at what goes and what stays. {rows(touched)} in {stores.length}{' '}
            {stores.length === 1 ? 'store' : 'stores'} will be changed or removed, and this cannot be undone.
          </span>
        </label>
      )}
      <div className="acts">
        {can.approve && (
          <button
            type="button"
            className={kind === 'erasure' ? 'danger' : 'main-act'}
            disabled={approve.isPending || (kind === 'erasure' && !sure)}
            onClick={() =>
              approve.mutate({ seen: approvalHash ?? undefined, accept: chosen('accept'), reject: chosen('reject') })
            }
          >
            {approve.isPending ? 'Approving…' : kind === 'erasure' ? 'Approve the erasure' : 'Approve'}
          </button>
        )}
        {can.resume && (
          <button
            type="button"
            className="main-act"
            disabled={resume.isPending}
            onClick={() => resume.mutate(undefined)}
          >
            {resume.isPending ? 'Looking…' : 'Look again and go on'}
          </button>
        )}
        {kind === 'access' && (state === 'done' || state === 'open') && (
          <a className="button main-act" href={`/api/v1/requests/${id}/export`} download>
            Download the copy
          </a>
        )}
        {can.cancel && (
          <button type="button" disabled={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
            Cancel the request
          </button>
        )}
      </div>
    </section>
  )
}

function wordsOf({ kind, state, stores }: RequestDocument, blocked: boolean): string {
  const down = stores.filter(({ unreachable }) => unreachable.length > 0).map(({ store }) => store)
  switch (state) {
    case 'received':
      return 'The stores are being looked through. This page follows along.'
    case 'awaiting-approval':
      if (blocked) return 'Something stands in the way; it is named below with how to mend it. Then look again.'
      return kind === 'erasure'
        ? 'Look at what would be done, then approve it. The approval holds for exactly what is shown: if policy, maps or data change, it is asked anew.'
        : 'Look at what was found and decide about the records below, if there are any. Then approve: the copy is made.'
    case 'approved':
    case 'executing':
      return 'It is being carried out. This page follows along.'
    case 'proving':
      return 'It was carried out, and the stores are being read again to prove it.'
    case 'open':
      return down.length > 0
        ? `It cannot end while ${down.join(', ')} is out of reach. The other stores are done and are not done again.`
        : 'It cannot end: what still stands, or failed, is named below.'
    case 'done':
      return 'Nothing. It was carried out and proven.'
    case 'denied':
      return 'Nothing. It was denied, with the ground below.'
    case 'cancelled':
      return 'Nothing. It was cancelled before anything was done.'
  }
}
