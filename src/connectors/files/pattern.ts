/** A path with named parts: `%u`, `%n`, `%d` as mail servers write them (Dovecot variables), `{name}` for any other. */
export interface PathPattern {
  /** The folder above the first named part. */
  readonly root: string
  /** Names of the parts, in order. */
  readonly names: readonly string[]
  /** Folders below the root that lead to a whole match; 0 when the root itself is one. */
  readonly depth: number
  /** The values of the parts in a path below the root, or undefined where it is no match. */
  match(path: string): Readonly<Record<string, string>> | undefined
}

const VARIABLES: Readonly<Record<string, string>> = { u: 'address', n: 'user', d: 'domain' }

/** Reads a pattern such as `/var/mail/%d/%n/Maildir` or `/srv/files/{customer}`; a part is a whole name or a piece of one. */
export function pathPattern(text: string): PathPattern {
  const parts = text.replace(/\/+$/, '').split('/')
  const first = parts.findIndex((part) => /%[und]|\{[^}]+\}/.test(part))
  const fixed = first === -1 ? parts : parts.slice(0, first)
  const open = first === -1 ? [] : parts.slice(first)
  const names: string[] = []
  const source = open.map((part) =>
    part
      .split(/(%[und]|\{[^}]+\})/)
      .map((piece) => {
        const name = VARIABLES[/^%([und])$/.exec(piece)?.[1] ?? ''] ?? /^\{([^}]+)\}$/.exec(piece)?.[1]
        if (name === undefined) return piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
        names.push(name)
        return '([^/]+?)'
      })
      .join(''),
  )
  const shape = new RegExp(`^${source.join('/')}$`, 'u')
  return {
    root: fixed.join('/') || '/',
    names,
    depth: open.length,
    match: (path) => {
      const match = shape.exec(path)
      return match === null ? undefined : Object.fromEntries(names.map((name, index) => [name, match[index + 1] ?? '']))
    },
  }
}
