import type { z } from 'zod'
import { invalid, refusals } from './faults.ts'

/** Checks a part of a request against its schema. Fault `api.invalid` with places, never with values. */
export function checked(schema: z.ZodType | undefined, value: unknown, part: 'body' | 'path' | 'query'): unknown {
  if (schema === undefined) return part === 'body' ? undefined : {}
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const issue = read.error.issues[0]
  const path = (issue?.path ?? []).slice(0, 8).map((step) => (typeof step === 'number' ? String(step) : nameOnly(step)))
  throw invalid([part, ...path].join('.'), issue?.code ?? 'invalid')
}

/** A key of a record could be anything: only names such as schemas have are told. */
function nameOnly(step: PropertyKey): string {
  return typeof step === 'string' && /^[a-zA-Z][a-zA-Z-]{0,30}$/.test(step) ? step : '?'
}

/** The query as an object; a name given several times becomes a list. */
export function queryOf(url: URL): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = Object.create(null)
  for (const name of new Set(url.searchParams.keys())) {
    const all = url.searchParams.getAll(name)
    query[name] = all.length === 1 ? (all[0] as string) : all
  }
  return query
}

/** The body's bytes, never more than `most`. Fault `api.too-large`. */
export async function bytesOf(request: Request, most: number): Promise<Uint8Array> {
  const length = Number(request.headers.get('content-length') ?? 0)
  if (length > most) throw refusals.tooLarge(most)
  if (request.body === null) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let bytes = 0
  const reader: ReadableStreamDefaultReader<Uint8Array> = request.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return Buffer.concat(chunks)
    bytes += value.length
    if (bytes > most) {
      await reader.cancel()
      throw refusals.tooLarge(most)
    }
    chunks.push(value)
  }
}

/** The body as JSON. Faults `api.wrong-type`, `api.not-json`. */
export function jsonOf(bytes: Uint8Array, mediaType: string | null): unknown {
  if (bytes.length === 0) return undefined
  if (!/^application\/json\s*(;|$)/i.test(mediaType ?? '')) throw refusals.wrongType()
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw refusals.notJson()
  }
}
