import { useMutation } from '@tanstack/react-query'
import type { Difference, DifferenceCounts } from '../../src/notice/difference/difference.ts'
import type { NoticeFile } from '../../src/records.ts'
import { act } from '../api.ts'
import { Trouble } from '../parts/told.tsx'
import { Differences } from './differences.tsx'

interface Previewed {
  readonly files: readonly NoticeFile[]
  readonly counts: DifferenceCounts
  readonly differences: readonly Difference[]
}

/** The notice that the text would make, and what it would change for people; nothing is kept. */
export function Preview({ text }: { readonly text: string }) {
  const preview = useMutation({ mutationFn: () => act<Previewed>('POST', '/policy/preview', { text }) })
  const pages = preview.data?.files.filter(({ mediaType }) => mediaType.startsWith('text/html')) ?? []
  return (
    <section aria-labelledby="preview">
      <div className="row">
        <h2 id="preview">What people would read</h2>
        <button type="button" disabled={preview.isPending} onClick={() => preview.mutate()}>
          {preview.isPending ? 'Building…' : preview.data ? 'Build it again' : 'Build the notice'}
        </button>
      </div>
      {preview.isError && <Trouble error={preview.error} />}
      {preview.data && <Differences differences={preview.data.differences} />}
      {pages.map(({ path, text: html }) => (
        <details className="card" key={path} open={pages.length === 1}>
          <summary>{path}</summary>
          <iframe className="notice" title={`Notice ${path}`} srcDoc={html} sandbox="" />
        </details>
      ))}
    </section>
  )
}
