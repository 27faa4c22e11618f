/** What names on disk say in a Maildir: `cur/UNIQUE:2,FLAGS`, with sizes as Maildir++ writes them. */

/** The name of a mail without its flags (`:2,S`). */
export const baseOf = (name: string): string => name.split(':')[0] ?? name

/** A rewritten mail's name: what the old one says of its size (`S=`, `W=`) is no longer true. */
export function renamed(path: string, bytes: Uint8Array): string {
  const slash = path.lastIndexOf('/')
  const [base = '', flags] = path.slice(slash + 1).split(':')
  const lines =
    bytes.length +
    Buffer.from(bytes)
      .toString('latin1')
      .split(/(?<!\r)\n/).length -
    1
  const sized = base.replace(/,S=\d+/, `,S=${bytes.length}`).replace(/,W=\d+/, `,W=${lines}`)
  const next = sized === base && !/,kept\d+$/.test(base) ? `${base},kept1` : sized
  return `${path.slice(0, slash + 1)}${next}${flags === undefined ? '' : `:${flags}`}`
}

/** Table and key of a file on disk, told from its path alone. */
export function placeOf(path: string, depth: number): { table: string; key: string[] } {
  const parts = path.split('/')
  const mailbox = parts.slice(0, depth).join('/')
  const rest = parts.slice(depth)
  const name = rest.at(-1) ?? ''
  const within = rest.at(-2) ?? ''
  if (['cur', 'new', 'tmp'].includes(within) && rest.length <= 3) {
    return {
      table: 'messages',
      key: [mailbox, rest.length === 3 ? (rest[0] ?? '') : 'INBOX', name.split(':')[0] ?? name],
    }
  }
  return { table: 'files', key: [mailbox, rest.join('/')] }
}
