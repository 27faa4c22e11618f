import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { sha256Hex } from '../../base/hash.ts'
import { type PageLimits, pageEvidence } from './page.ts'

const page = '<!doctype html><title>Privacy</title><p>What we do with data: nöthing.</p>\n'
const files = [
  { path: 'notice.en.html', mediaType: 'text/html', text: page },
  { path: 'notice.en.json', mediaType: 'application/json', text: '{}' },
]
const limits: PageLimits = { timeoutMs: 20_000, mostBytes: 100_000, redirects: 3 }
// Fifty megabytes in fifty kilobytes.
const bomb = gzipSync(Buffer.alloc(50_000_000))

let elsewhere: Server
let server: Server
let asked: string[] = []

const portOf = (one: Server): number => (one.address() as AddressInfo).port

const listening = async (listener: RequestListener): Promise<Server> => {
  const one = createServer(listener)
  await new Promise<void>((done) => one.listen(0, '127.0.0.1', done))
  return one
}

beforeAll(async () => {
  elsewhere = await listening((request, response) => {
    asked.push(`elsewhere ${request.url}`)
    response.end(page)
  })
  server = await listening((request, response) => {
    asked.push(String(request.url))
    const to = (location: string) => response.writeHead(302, { location }).end()
    switch (request.url?.split('?')[0]) {
      case '/privacy':
        return response.setHeader('content-type', 'text/html').end(page)
      case '/packed':
        return response.setHeader('content-encoding', 'gzip').end(gzipSync(page))
      case '/moved':
        return to('/privacy')
      case '/round':
        return to('/round')
      case '/away':
        return to(`http://127.0.0.1:${portOf(elsewhere)}/privacy`)
      case '/inside':
        return to('http://169.254.169.254/latest/meta-data/')
      case '/file':
        return to('file:///etc/passwd')
      case '/rewritten':
        return response.end(page.replace('</p>', '</p><script src="/track.js"></script>'))
      case '/data':
        return response.end('{}')
      case '/bomb':
        return response.setHeader('content-encoding', 'gzip').end(bomb)
      case '/slow':
        response.write(page.slice(0, 10))
        return undefined
      case '/silent':
        return undefined
      default:
        return response.writeHead(404).end(page)
    }
  })
})
afterAll(() => {
  for (const one of [server, elsewhere]) {
    one.closeAllConnections()
    one.close()
  }
})

const look = (path: string) => {
  const timeoutMs = ['/slow', '/silent'].includes(path) ? 500 : limits.timeoutMs
  return pageEvidence(`http://127.0.0.1:${portOf(server)}${path}`, { ...limits, timeoutMs }).look(files)
}

it.each(['/privacy', '/packed', '/moved', '/privacy?from=test#top'])('finds the version at %s', async (path) => {
  expect(await look(path)).toBe(sha256Hex(page))
})

it.each([
  ['/rewritten', 'notice.page-differs'],
  // What nobody can read as a page is no evidence, though it is a file of the version.
  ['/data', 'notice.page-differs'],
  ['/missing', 'notice.page-unreachable'],
  ['/round', 'notice.page-unreachable'],
  ['/slow', 'notice.page-unreachable'],
  ['/silent', 'notice.page-unreachable'],
  ['/bomb', 'notice.page-too-large'],
  ['/away', 'notice.page-elsewhere'],
  ['/inside', 'notice.page-elsewhere'],
  ['/file', 'notice.page-elsewhere'],
])('takes %s for no evidence: %s', async (path, code) => {
  asked = []
  await expect(look(path)).rejects.toMatchObject({ code })
  expect(asked.filter((one) => one.startsWith('elsewhere'))).toEqual([])
})

it('tells no query of an address in a fault', async () => {
  await expect(look('/missing?email=ada@people.example')).rejects.not.toMatchObject({
    what: expect.stringContaining('ada@'),
  })
})

it.each(['ftp://example.org/x', 'file:///etc/passwd', 'http://user:secret@example.org/', 'privacy.html', ''])(
  'refuses %s as an address',
  (address) => {
    expect(() => pageEvidence(address)).toThrow(expect.objectContaining({ code: 'notice.bad-address' }))
  },
)
