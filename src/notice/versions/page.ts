import { sha256Hex } from '../../base/hash.ts'
import { Fault } from '../../language/fault.ts'
import type { NoticeEvidence } from './evidence.ts'

/** Bounds of one look at a page. */
export interface PageLimits {
  readonly timeoutMs: number
  /** After the page's own compression is undone. */
  readonly mostBytes: number
  readonly redirects: number
}

const usual: PageLimits = { timeoutMs: 15_000, mostBytes: 5_000_000, redirects: 3 }

/**
 * A page fetched back over HTTP(S) that has the very bytes of one of the version's pages. Only the operator's own address
 * is asked: a redirect to another host, or from https to http, is refused. Faults `notice.bad-address`,
 * `notice.page-unreachable`, `notice.page-elsewhere`, `notice.page-too-large`, `notice.page-differs`.
 */
export const pageEvidence = (address: string, limits: PageLimits = usual): NoticeEvidence => {
  const page = readAddress(address)
  return {
    by: 'page',
    place: page.href,
    look: async (files) => {
      const found = sha256Hex(await fetchPage(page, limits))
      const pages = files.filter(({ mediaType }) => /^text\/(?:html|markdown|plain)\b/u.test(mediaType))
      if (!pages.some(({ text }) => sha256Hex(text) === found)) throw differs(page)
      return found
    },
  }
}

const readAddress = (address: string): URL => {
  const page = URL.parse(address)
  if (page === null || !/^https?:$/u.test(page.protocol) || page.username !== '' || page.password !== '')
    throw new Fault({
      code: 'notice.bad-address',
      what: 'The address of the page is no http or https URL without a user and password.',
      mend: 'Write e.g. --page https://www.example.org/privacy.html',
    })
  page.hash = ''
  return page
}

const fetchPage = async (page: URL, limits: PageLimits): Promise<Uint8Array> => {
  const signal = AbortSignal.timeout(limits.timeoutMs)
  let at = page
  for (let hop = 0; hop <= limits.redirects; hop++) {
    const response = await ask(at, signal)
    const location = response.headers.get('location')
    if (response.status < 300 || response.status >= 400 || location === null) {
      if (response.status !== 200) {
        await response.body?.cancel().catch(() => undefined)
        throw unreachable(at, `it answers ${response.status}`)
      }
      return await readBody(at, response, limits.mostBytes)
    }
    await response.body?.cancel().catch(() => undefined)
    at = redirected(at, location)
  }
  throw unreachable(page, `it redirects more than ${limits.redirects} times`)
}

const ask = async (at: URL, signal: AbortSignal): Promise<Response> => {
  try {
    return await fetch(at, {
      redirect: 'manual',
      signal,
      headers: { accept: 'text/html, text/markdown;q=0.9, */*;q=0.1' },
    })
  } catch (cause) {
    throw unreachable(at, signal.aborted ? 'it does not answer in time' : 'no connection can be made', cause)
  }
}

const redirected = (from: URL, location: string): URL => {
  const to = URL.parse(location, from)
  const upgraded = to?.protocol === 'https:' || to?.protocol === from.protocol
  // Another port of one host may be another server: only the change to https may change it.
  const sameHost = to?.host === from.host || (to?.hostname === from.hostname && to.protocol !== from.protocol)
  if (to === null || !upgraded || !sameHost || to.username !== '' || to.password !== '')
    throw new Fault({
      code: 'notice.page-elsewhere',
      what: `${shown(from)} redirects to another place, which nobody named.`,
      mend: 'Give the address at which the page itself stands.',
    })
  return to
}

const readBody = async (at: URL, response: Response, mostBytes: number): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const chunk of response.body ?? []) {
      bytes += chunk.byteLength
      if (bytes > mostBytes) throw tooLarge(at, mostBytes)
      chunks.push(chunk)
    }
  } catch (cause) {
    if (cause instanceof Fault) throw cause
    throw unreachable(at, 'it breaks off, or takes too long', cause)
  }
  return Buffer.concat(chunks)
}

/** The address without what may stand behind `?`. */
const shown = (at: URL): string => `${at.origin}${at.pathname}`

const unreachable = (at: URL, why: string, cause?: unknown): Fault =>
  new Fault({
    code: 'notice.page-unreachable',
    what: `The page at ${shown(at)} cannot be read: ${why}.`,
    mend: 'Put it online, see that this machine reaches it, and try again.',
    ...(cause === undefined ? {} : { cause }),
  })

const tooLarge = (at: URL, mostBytes: number): Fault =>
  new Fault({
    code: 'notice.page-too-large',
    what: `The page at ${shown(at)} has more than ${mostBytes} bytes.`,
    mend: 'Give the address of the page that kept notice publish wrote.',
  })

const differs = (at: URL): Fault =>
  new Fault({
    code: 'notice.page-differs',
    what: `The page at ${shown(at)} is not, byte for byte, a page of this version.`,
    mend: 'Put the files of kept notice publish online as they are; nothing may add or rewrite anything on the way.',
  })
