import type { DraftRole } from './roles.ts'

export type DraftField = string | { readonly [key: string]: string } | readonly { readonly [key: string]: string }[]

export interface DraftTable {
  readonly for?: readonly string[]
  readonly person?: {
    readonly key: Readonly<Record<string, string | readonly string[]>>
    readonly hint?: Readonly<Record<string, string | readonly string[]>>
    readonly erase: 'row' | 'part'
  }
  readonly people?: Readonly<Record<string, DraftRole>>
  readonly fields?: Readonly<Record<string, DraftField>>
}
