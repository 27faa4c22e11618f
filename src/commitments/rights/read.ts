import { given } from '../../base/given.ts'
import type { RequestRight } from '../../language/laws.ts'
import type { Exception } from '../../language/store-map.ts'
import { listOf } from '../../language/terms.ts'
import { entriesOf, readEntries, valueAt } from '../block.ts'
import type { Known } from '../commitment-kind.ts'
import { shortestDeadline } from './deadline.ts'
import {
  accessEntry,
  answersEntry,
  erasureEntry,
  exceptionEntry,
  feesEntry,
  identityEntry,
  requestRights,
} from './vocabulary.ts'

/** A right as the policy grants it. */
export interface GrantedRight {
  /** ISO 8601 duration from receipt; the policy's, else the shortest of its laws; undefined where neither names one. */
  readonly within?: string
  readonly extend?: string
  /** Law and source of a term that the policy does not name itself. */
  readonly law?: string
}

export interface Rights extends Readonly<Partial<Record<RequestRight, GrantedRight>>> {
  /** What an erasure keeps, by name; in file order. */
  readonly exceptions: readonly Exception[]
  /** What a copy does with other people's names and addresses in rows shared with them (GDPR art. 15(4)). Default redact. */
  readonly others: 'redact' | 'keep'
  /** How long documents that show an identity are kept. */
  readonly identityKeep?: string
  /** Answers to everything, within. */
  readonly answersWithin?: string
  /** Amount and currency of a copy that is not free. */
  readonly feeAmount?: string
  /** Whether who approves an erasure may be who entered it. Default one-person. */
  readonly approval: 'one-person' | 'two-people'
}

const grantedRight = (right: RequestRight, entry: unknown, known: Known): GrantedRight => {
  const read = (right === 'access' ? accessEntry : erasureEntry).partial().safeParse(entry ?? {})
  const shortest = shortestDeadline(right, known.applies)
  const own = read.success ? read.data : {}
  const within = own.within ?? shortest?.deadline.within
  const extend = own.extend ?? (own.within === undefined ? shortest?.deadline.extend : undefined)
  return {
    ...(within === undefined ? {} : { within }),
    ...(extend === undefined ? {} : { extend }),
    ...(own.within === undefined && shortest !== undefined ? { law: shortest.law } : {}),
  }
}

const readExceptions = (block: unknown): readonly Exception[] =>
  readEntries(valueAt(valueAt(block, 'erasure'), 'except'), exceptionEntry).map(([exception, entry]) => ({
    name: exception,
    data: listOf(entry.data),
    law: entry.law,
    ...(entry.keep === undefined ? {} : { keep: entry.keep }),
    ...(entry.from === undefined ? {} : { from: entry.from }),
  }))

export const readRights = (block: unknown, known: Known): Rights => {
  const granted = entriesOf(block).flatMap(([key, entry]) => {
    const right = requestRights.find((candidate) => candidate === key)
    return right === undefined ? [] : [[right, grantedRight(right, entry, known)] as const]
  })
  const others = accessEntry.shape.others.safeParse(valueAt(valueAt(block, 'access'), 'others')).data ?? 'redact'
  const approval =
    erasureEntry.shape.approval.safeParse(valueAt(valueAt(block, 'erasure'), 'approval')).data ?? 'one-person'
  return {
    ...Object.fromEntries(granted),
    exceptions: readExceptions(block),
    others,
    approval,
    ...given({
      identityKeep: identityEntry.shape.keep.safeParse(valueAt(valueAt(block, 'identity'), 'keep')).data,
      answersWithin: answersEntry.shape.within.safeParse(valueAt(valueAt(block, 'answers'), 'within')).data,
      feeAmount: feesEntry.shape.amount.safeParse(valueAt(valueAt(block, 'fees'), 'amount')).data,
    }),
  }
}
