/** A language model of the user's choice, behind an endpoint that speaks the chat protocol of OpenAI. */
export interface ModelEndpoint {
  /** Base address, e.g. `http://localhost:11434/v1`; `/chat/completions` is asked there. */
  readonly url: URL
  readonly model: string
  /** Sent as a bearer token; never shown, logged or written. */
  readonly key?: string
}

export interface ModelLimits {
  /** For one question, in milliseconds. */
  readonly answerWithinMs: number
  readonly mostAnswerBytes: number
}

export const modelLimits: ModelLimits = { answerWithinMs: 30_000, mostAnswerBytes: 262_144 }

/** Reads KEPT_MODEL_URL, KEPT_MODEL and KEPT_MODEL_KEY; or says what is missing, in words for people. */
export function modelFrom(
  env: Readonly<Record<string, string | undefined>>,
): ModelEndpoint | { readonly missing: string } {
  const { KEPT_MODEL_URL: address, KEPT_MODEL: model, KEPT_MODEL_KEY: key } = env
  if (!address) return { missing: 'KEPT_MODEL_URL names no endpoint' }
  if (!model) return { missing: 'KEPT_MODEL names no model' }
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url === undefined || !/^https?:$/u.test(url.protocol) || url.username !== '' || url.password !== '')
    return { missing: 'KEPT_MODEL_URL is no http or https address without a name and password' }
  if (key && url.protocol === 'http:' && !/^(?:localhost|127\.0\.0\.1|\[::1\])$/u.test(url.hostname))
    return { missing: 'KEPT_MODEL_KEY would travel unencrypted: KEPT_MODEL_URL must be https' }
  return { url, model: model.slice(0, 200), ...(key ? { key } : {}) }
}

/**
 * Asks the model once and answers the text of its first choice; on any failure, why in words for people, without what was
 * sent or received. Bounded in time and size; redirects are not followed, as they would carry the text elsewhere.
 */
export async function askModel(
  endpoint: ModelEndpoint,
  messages: readonly { readonly role: 'system' | 'user'; readonly content: string }[],
  limits: ModelLimits = modelLimits,
): Promise<{ readonly content: string } | { readonly failed: string }> {
  const signal = AbortSignal.timeout(limits.answerWithinMs)
  try {
    const answer = await fetch(`${endpoint.url.href.replace(/\/+$/u, '')}/chat/completions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(endpoint.key === undefined ? {} : { authorization: `Bearer ${endpoint.key}` }),
      },
      body: JSON.stringify({ model: endpoint.model, messages, temperature: 0, stream: false }),
      redirect: 'error',
      signal,
    })
    if (!answer.ok) {
      await answer.body?.cancel()
      return { failed: `the model answered with status ${answer.status}` }
    }
    const body = await readBounded(answer, limits.mostAnswerBytes)
    if (body === undefined) return { failed: `the answer is larger than ${limits.mostAnswerBytes} bytes` }
    const content = contentOf(body)
    return content === undefined ? { failed: 'the answer is none of the chat protocol' } : { content }
  } catch {
    if (signal.aborted) return { failed: `no answer within ${limits.answerWithinMs / 1000} s` }
    return { failed: 'the model cannot be reached' }
  }
}

async function readBounded(answer: Response, mostBytes: number): Promise<string | undefined> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of answer.body ?? []) {
    bytes += part.byteLength
    // Leaving the loop closes the connection.
    if (bytes > mostBytes) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function contentOf(body: string): string | undefined {
  const answer = parsed(body) as { choices?: readonly { message?: { content?: unknown } }[] } | undefined
  const content = Array.isArray(answer?.choices) ? answer.choices[0]?.message?.content : undefined
  return typeof content === 'string' ? content : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) ?? undefined
  } catch {
    return undefined
  }
}
