import { aggregates } from './aggregates/index.ts'
import { changes } from './changes/index.ts'
import { children } from './children/index.ts'
import { collection } from './collection/index.ts'
import type { Probe } from './commitment-kind.ts'
import { consent } from './consent/index.ts'
import { devices } from './devices/index.ts'
import { disclosure } from './disclosure/index.ts'
import { messages } from './messages/index.ts'
import { purposes } from './purposes/index.ts'
import { recourse } from './recourse/index.ts'
import { retention } from './retention/index.ts'
import { rights } from './rights/index.ts'
import { security } from './security/index.ts'
import { sharing } from './sharing/index.ts'
import { tracking } from './tracking/index.ts'
import { transfers } from './transfers/index.ts'

/** The sixteen kinds, in the order of the notice. Shared code loops over them and never asks which one it holds. */
export const commitmentKinds = [
  collection,
  tracking,
  consent,
  purposes,
  messages,
  disclosure,
  sharing,
  aggregates,
  transfers,
  security,
  rights,
  retention,
  children,
  devices,
  recourse,
  changes,
] as const

/** Every probe that findings are written by. */
export const probes: readonly Probe[] = commitmentKinds.flatMap((kind) => ('probes' in kind ? (kind.probes ?? []) : []))

export type Kind = (typeof commitmentKinds)[number]

/** What each kind makes of its block of the policy. */
export type Slices = { readonly [K in Kind as K['key']]: ReturnType<K['compile']>['slice'] }
