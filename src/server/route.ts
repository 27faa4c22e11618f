import type { z } from 'zod'
import type { Tenant } from './tenant.ts'
import type { Person, Role, Staff, Who } from './who.ts'

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** What a handler is given: everything is checked already. */
export interface Call<W extends Who, P, Q, B> {
  readonly tenant: Tenant
  readonly staff: W extends readonly Role[] ? Staff : undefined
  readonly person: W extends 'person' ? Person : undefined
  readonly params: P
  readonly query: Q
  readonly body: B
  /** The request itself, for what has no schema: streams and headers. */
  readonly request: Request
  readonly requestId: string
  /** Sent from this very machine, by no proxy. */
  readonly isLoopback: boolean
  /** The network address it comes from, for bounds; never for logs. */
  readonly sender: string
  readonly now: Date
}

/** A JSON answer; a `Response` where it is a file or a stream. */
export type Answer<A> = { readonly status?: 200 | 201 | 202; readonly body: A } | Response

/** One route, whole: the router, the check of who asks, the OpenAPI document and the tests read this and nothing else. */
export interface RouteDeclaration<W extends Who, P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A> {
  readonly method: Method
  /** As in OpenAPI: `/api/v1/requests/{id}`. */
  readonly path: string
  /** Verb and noun in one word: `approveRequest`; the evidence names the act by it. */
  readonly name: string
  readonly summary: string
  readonly tag: string
  readonly who: W
  /** It destroys or publishes: a second factor not older than five minutes is asked. Default false. */
  readonly secondFactor?: boolean
  /** It is written to the evidence log as an act of this member of staff. Default: true unless it only reads (GET). */
  readonly act?: boolean
  /** Bytes of a body, where the bound of all routes is too small or too large. */
  readonly bodyBytes?: number
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  /** What a good answer holds; absent: a file of the media type in `produces`. */
  readonly answer?: z.ZodType<A>
  readonly produces?: string
  /** Good status, default 200. */
  readonly status?: 200 | 201 | 202
  handle(call: Call<W, z.output<P>, z.output<Q>, z.output<B>>): Promise<Answer<A>>
}

/** A route as the server keeps it. */
export interface Route extends Omit<RouteDeclaration<Who, z.ZodType, z.ZodType, z.ZodType, unknown>, 'handle'> {
  run(call: CheckedCall): Promise<Answer<unknown>>
}

export interface CheckedCall {
  readonly tenant: Tenant
  readonly staff: Staff | undefined
  readonly person: Person | undefined
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
  readonly request: Request
  readonly requestId: string
  readonly isLoopback: boolean
  /** The network address it comes from, for bounds; never for logs. */
  readonly sender: string
  readonly now: Date
}

/** Declares a route. The types of the handler follow from the schemas and from `who`. */
export function route<
  const W extends Who,
  A,
  P extends z.ZodType = z.ZodType<Readonly<Record<string, never>>>,
  Q extends z.ZodType = z.ZodType<Readonly<Record<string, never>>>,
  B extends z.ZodType = z.ZodType<undefined>,
>(declaration: RouteDeclaration<W, P, Q, B, A>): Route {
  const { handle, ...rest } = declaration
  return {
    ...rest,
    run: (call) => handle(call as unknown as Call<W, z.output<P>, z.output<Q>, z.output<B>>),
  }
}
