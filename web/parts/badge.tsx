import type { ReactNode } from 'react'

export type Tone = 'good' | 'bad' | 'warn' | 'calm'

/** A state in a word; the colour only repeats it. */
export function Badge({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return <span className={`badge badge-${tone}`}>{children}</span>
}
