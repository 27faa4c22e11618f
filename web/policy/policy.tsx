import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { act, read } from '../api.ts'
import { useDraft } from '../draft.ts'
import { FaultList, type ToldFault } from '../parts/fault-list.tsx'
import { Page } from '../parts/page.tsx'
import { Time } from '../parts/time.tsx'
import { Told, Trouble } from '../parts/told.tsx'
import { Preview } from './preview.tsx'

interface PolicyText {
  readonly text: string
  readonly sha256: string
  readonly inForce: { readonly date: string; readonly same: boolean } | null
}

/** The policy as it is written: edited with its faults beside it, previewed as a notice, saved, then published. */
export function PolicyPage() {
  const policy = useQuery({ queryKey: ['policy'], queryFn: ({ signal }) => read<PolicyText>('/policy', {}, signal) })
  return (
    <Page
      title="Policy"
      lead="What is edited here changes nothing for people until it is published as a version and takes effect."
      acts={
        <Link className="button" to="/policy/versions">
          Versions and publication
        </Link>
      }
    >
      <Told of={policy}>{(found) => <Editor key={found.sha256} policy={found} />}</Told>
    </Page>
  )
}

const PAUSE_MS = 400

function Editor({ policy }: { readonly policy: PolicyText }) {
  const queries = useQueryClient()
  const [text, setText, drop] = useDraft(`policy.${policy.sha256}`, policy.text)
  const faults = useFaults(text)
  const field = useRef<HTMLTextAreaElement>(null)
  const save = useMutation({
    mutationFn: () => act('PUT', '/policy', { text, before: policy.sha256 }),
    onSuccess: async () => {
      drop()
      await queries.invalidateQueries()
    },
  })
  const changed = text !== policy.text
  const errors = faults.filter(({ severity }) => severity === 'error').length
  const go = (line: number, column: number) => {
    const element = field.current
    if (element === null) return
    const start =
      text
        .split('\n')
        .slice(0, line - 1)
        .join('\n').length +
      (line > 1 ? 1 : 0) +
      column -
      1
    element.focus()
    element.setSelectionRange(start, start + 1)
    element.scrollTop = (line - 5) * (element.scrollHeight / text.split('\n').length)
  }
  return (
    <>
      <p className="quiet">
        {policy.inForce === null ? (
          'No version was published yet: requests go by this file.'
        ) : (
          <>
            In force: the version of <Time at={policy.inForce.date} only="date" />
            {policy.inForce.same ? ', which is this file.' : '. This file is newer, and not published.'}
          </>
        )}
      </p>
      <div className="editor">
        <div>
          <label htmlFor="policy-text" className="hidden">
            Text of the policy
          </label>
          <Lines text={text} faults={faults} />
          <textarea
            id="policy-text"
            ref={field}
            value={text}
            onChange={(event) => setText(event.target.value)}
            spellCheck={false}
            wrap="off"
            aria-describedby="policy-faults"
          />
        </div>
        <section id="policy-faults" aria-label="Faults" aria-live="polite">
          {faults.length === 0 ? (
            <p className="done">No faults.</p>
          ) : (
            <>
              <p className="quiet">
                {errors} {errors === 1 ? 'error' : 'errors'}, {faults.length - errors} warnings
              </p>
              <FaultList faults={faults} go={go} />
            </>
          )}
        </section>
      </div>
      {save.isError && <Trouble error={save.error} />}
      <div className="acts">
        <button
          type="button"
          className="main-act"
          disabled={!changed || errors > 0 || save.isPending}
          onClick={() => save.mutate()}
        >
          {save.isPending ? 'Saving…' : 'Save the file'}
        </button>
        <button type="button" disabled={!changed} onClick={drop}>
          Give up the changes
        </button>
        {!changed && save.isSuccess && <span role="status">Saved.</span>}
      </div>
      {errors === 0 && <Preview text={text} />}
    </>
  )
}

/** Faults of a text that is being typed, asked for when the typing pauses. */
function useFaults(text: string): readonly ToldFault[] {
  const [faults, setFaults] = useState<readonly ToldFault[]>([])
  useEffect(() => {
    let current = true
    const timer = setTimeout(() => {
      act<{ readonly faults: readonly ToldFault[] }>('POST', '/policy/check', { text })
        .then((answer) => {
          if (current) setFaults(answer.faults)
        })
        .catch(() => undefined)
    }, PAUSE_MS)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [text])
  return faults
}

/** Numbers of the lines, those with faults marked; the text itself is read from the field. */
function Lines({ text, faults }: { readonly text: string; readonly faults: readonly ToldFault[] }) {
  const marked = new Map(faults.map(({ where, severity }) => [where?.line, severity]))
  return (
    <div className="lines" aria-hidden="true">
      {text.split('\n').map((_, index) => {
        const line = index + 1
        return (
          <span key={line} className={marked.has(line) ? `line-${marked.get(line)}` : undefined}>
            {line}
          </span>
        )
      })}
    </div>
  )
}
