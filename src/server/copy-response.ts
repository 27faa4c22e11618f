import { createReadStream, statSync } from 'node:fs'
import { Readable } from 'node:stream'

/** A person's locked copy as a file to save; it is read while it is sent. */
export function copyResponse({ path, name }: { readonly path: string; readonly name: string }): Response {
  return new Response(Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>, {
    headers: {
      'content-type': 'application/zip',
      'content-length': String(statSync(path).size),
      'content-disposition': `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"`,
    },
  })
}
