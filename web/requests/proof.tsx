import type { RequestDocument } from '../../src/requests/report.ts'
import { Badge } from '../parts/badge.tsx'
import { Scroll } from '../parts/scroll.tsx'
import { CLASSES } from './words.ts'

/** What was read again after the erasure, and what still stands where. */
export function Proof({ document }: { readonly document: RequestDocument }) {
  const { proof } = document
  if (proof === null || (proof.cells === 0 && proof.residual.length === 0)) return null
  const places = new Map<
    string,
    { readonly place: string; readonly what: string; readonly kind: keyof typeof CLASSES; times: number }
  >()
  for (const { store, table, column, identity, encoding, class: kind } of proof.residual) {
    const place = `${store}.${table}.${column}`
    const what = encoding === 'raw' ? identity : `${identity}, written as ${encoding}`
    const key = `${place} ${what} ${kind}`
    const known = places.get(key)
    if (known) known.times += 1
    else places.set(key, { place, what, kind, times: 1 })
  }
  const holding = [...places.values()].filter(({ kind }) => CLASSES[kind].holds)
  return (
    <section className="card" aria-labelledby="proof">
      <h2 id="proof">Proof</h2>
      <p>
        {proof.cells.toLocaleString()} cells were read again, in every table, declared or not.{' '}
        {holding.length === 0
          ? 'Nothing of the person was found that should be gone.'
          : 'What still stands has to be mended before the request can end.'}
      </p>
      {places.size > 0 && (
        <Scroll label="What still stands">
          <table>
            <thead>
              <tr>
                <th scope="col">Where</th>
                <th scope="col">What</th>
                <th scope="col">Whose, and why</th>
                <th scope="col" className="number">
                  Places
                </th>
              </tr>
            </thead>
            <tbody>
              {[...places].map(([key, { place, what, kind, times }]) => (
                <tr key={key}>
                  <th scope="row">{place}</th>
                  <td>{what}</td>
                  <td>
                    <Badge tone={CLASSES[kind].holds ? 'bad' : 'calm'}>{CLASSES[kind].word}</Badge>
                  </td>
                  <td className="number">{times}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <p className="quiet">
        Rows of other people touched: {proof.foreignRowsTouched}.
        {proof.notSearched.length > 0 && ` Not searched for, because too short: ${proof.notSearched.join(', ')}.`}
        {proof.unread.length > 0 && ` Could not be read: ${proof.unread.length} places.`}
      </p>
    </section>
  )
}
