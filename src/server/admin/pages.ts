import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { htmlStyle } from '../../notice/html-style.ts'
import type { Mount } from '../app.ts'

/** Beside `src` in a checkout, beside `dist` in the package. */
const BUILT = fileURLToPath(new URL('../../../dist-admin', import.meta.url))

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
}

// Own files only, and the style that a previewed notice carries in itself, by its hash; the pages speak with nobody else.
const NOTICE_STYLE = createHash('sha256').update(`\n${htmlStyle}\n`).digest('base64')
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' 'sha256-${NOTICE_STYLE}'`,
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

interface Page {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly type: string
  /** Its name changes with its contents. */
  readonly lasting: boolean
}

/**
 * The pages of the administration under `/admin`, as they were built: read once, then handed out from memory, so that no
 * address leads to another file. What is no file is the page itself, which knows its own addresses. Undefined where they
 * were not built: the API is there without them.
 */
export function adminPages(folder: string = BUILT): Mount | undefined {
  const pages = readPages(folder)
  const first = pages.get('index.html')
  if (first === undefined) return undefined
  return {
    path: '/admin',
    fetch: (request) => {
      if (request.method !== 'GET' && request.method !== 'HEAD') return new Response(null, { status: 405 })
      const name = new URL(request.url).pathname.slice('/admin/'.length)
      const found = pages.get(name)
      if (found === undefined && name.startsWith('assets/')) return new Response(null, { status: 404 })
      const { bytes, type, lasting } = found ?? first
      const headers = {
        'content-type': type,
        'content-security-policy': POLICY,
        'cache-control': lasting ? 'public, max-age=31536000, immutable' : 'no-cache',
      }
      return new Response(request.method === 'HEAD' ? null : bytes, { headers })
    },
  }
}

function readPages(folder: string): ReadonlyMap<string, Page> {
  const pages = new Map<string, Page>()
  if (!existsSync(folder)) return pages
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    const name = path.slice(folder.length + 1).replaceAll('\\', '/')
    const type = TYPES[entry.name.split('.').at(-1) ?? '']
    if (!entry.isFile() || type === undefined) continue
    pages.set(name, { bytes: new Uint8Array(readFileSync(path)), type, lasting: name.startsWith('assets/') })
  }
  return pages
}
