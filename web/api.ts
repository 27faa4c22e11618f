import type { Problem } from '../src/server/problem.ts'

/** A request that the server refused, with its words: what happened and how to mend it. */
export class Refused extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.name = 'Refused'
    this.problem = problem
  }
}

type Query = Readonly<Record<string, string | number | boolean | undefined>>

const BASE = '/api/v1'

/** Reads a route; the type is the one the route answers with. */
export async function read<T>(path: string, query: Query = {}, signal?: AbortSignal): Promise<T> {
  return (await ask('GET', path, query, undefined, signal)) as T
}

/** Does an act; the same act sent twice by a shaky network is done once. */
export async function act<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T> {
  return (await ask(method, path, {}, body)) as T
}

async function ask(method: string, path: string, query: Query, body: unknown, signal?: AbortSignal): Promise<unknown> {
  const address = new URL(BASE + path, location.origin)
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) address.searchParams.set(name, String(value))
  const headers = new Headers({ accept: 'application/json' })
  if (method !== 'GET') headers.set('idempotency-key', crypto.randomUUID())
  if (body !== undefined) headers.set('content-type', 'application/json')
  const response = await fetch(address, {
    method,
    headers,
    credentials: 'same-origin',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause
    throw new Refused(unreachable())
  })
  if (response.ok) return response.status === 204 ? undefined : await response.json()
  const problem = await problemIn(response)
  if (problem.status === 401) signIn()
  if (problem.code === 'api.second-factor') confirm()
  throw new Refused(problem)
}

async function problemIn(response: Response): Promise<Problem> {
  try {
    return (await response.json()) as Problem
  } catch {
    return { ...unreachable(), status: response.status }
  }
}

function unreachable(): Problem {
  return {
    type: 'about:blank',
    title: 'Not available',
    status: 503,
    instance: '',
    code: 'page.unreachable',
    detail: 'The server does not answer.',
    mend: 'See that it runs and that you are connected, then try again. Nothing that you typed is lost.',
  }
}

const here = (): string => encodeURIComponent(location.pathname + location.search)

/** Leaves for the sign-in and comes back to the same place; what was typed is kept by `draft.ts`. */
export function signIn(): void {
  location.assign(`/staff/sign-in?to=${here()}`)
}

/** Asks for the second factor once more, as acts that destroy or publish need it. */
export function confirm(): void {
  location.assign(`/staff/confirm?to=${here()}`)
}
