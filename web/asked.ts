/** What the pages ask the API for: one place that knows its addresses. */
import {
  keepPreviousData,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import type { RequestDocument } from '../src/requests/report.ts'
import type { SentenceStatus, SentenceTotals } from '../src/status/sentences.ts'
import type { StatusSummary } from '../src/status/status.ts'
import { act, read } from './api.ts'

export interface RequestRow {
  readonly id: string
  readonly kind: RequestDocument['kind']
  readonly state: RequestDocument['state']
  readonly createdAt: string
  readonly dueAt: string
  /** Stores that hold it up, and the code that says why. */
  readonly waitsFor: readonly { readonly store: string; readonly why: string }[]
}

interface Listed {
  readonly requests: readonly RequestRow[]
  readonly next: string | null
}

/** A request as its page shows it. */
export interface ShownRequest extends RequestDocument {
  readonly createdAt: string
  /** Names what was looked at: an approval holds for nothing else. Null before anything was found. */
  readonly approvalHash: string | null
  /** Stores that this request does not ask. */
  readonly notAsked: readonly string[]
}

export function useRequests(filter: { readonly state?: string | undefined; readonly limit?: number }) {
  return useInfiniteQuery({
    queryKey: ['requests', filter],
    queryFn: ({ pageParam, signal }) => read<Listed>('/requests', { ...filter, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  })
}

// States in which something happens by itself: the page follows along.
const MOVING: readonly RequestDocument['state'][] = ['received', 'approved', 'executing', 'proving']

/** `roles`: who only checks sees the same without keys of rows. */
export function useRequest(id: string, roles: readonly string[] | undefined) {
  const answers = roles?.some((role) => role === 'administrator' || role === 'privacy-officer' || role === 'agent')
  return useQuery({
    queryKey: ['request', id],
    enabled: roles !== undefined,
    queryFn: ({ signal }) =>
      read<ShownRequest>(`/requests/${encodeURIComponent(id)}${answers ? '' : '/report'}`, {}, signal),
    refetchInterval: ({ state }) => (state.data && MOVING.includes(state.data.state) ? 1_500 : false),
  })
}

/** An act on a request; what is shown of it is read again afterwards. */
export function useRequestAct(id: string, name: 'approve' | 'deny' | 'cancel' | 'resume') {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: unknown = undefined) => act('POST', `/requests/${encodeURIComponent(id)}/${name}`, body),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ['request', id] })
      await queries.invalidateQueries({ queryKey: ['requests'] })
    },
  })
}

/** Where every sentence and commitment stands. */
export interface StatusDocument extends StatusSummary {
  readonly sentences: readonly SentenceStatus[]
  readonly totals: SentenceTotals
}

export const statusQuery = queryOptions({
  queryKey: ['status'],
  queryFn: ({ signal }) => read<StatusDocument>('/status', {}, signal),
})
