/** Which modules a source file names, read from a real parse: import, export from, import(), import types, new URL. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix, relative, sep } from 'node:path'
import { parseSync } from 'oxc-parser'

/** One mention of another module. `line` counts from 1; `name` is undefined where no literal says which module it is. */
export interface ImportMention {
  readonly file: string
  readonly line: number
  readonly text: string
  readonly name: string | undefined
  /** Whether only types come over it, so that nothing of the other module runs. */
  readonly typeOnly: boolean
}

interface Node {
  readonly type: string
  readonly start: number
  readonly [key: string]: unknown
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'
}

function childrenOf(node: Node): Node[] {
  return Object.values(node).flatMap((value) => (Array.isArray(value) ? value : [value]).filter(isNode))
}

function literal(value: unknown): string | undefined {
  if (!isNode(value)) return undefined
  if (value.type === 'Literal' && typeof value.value === 'string') return value.value
  const quasis = value.type === 'TemplateLiteral' && Array.isArray(value.quasis) ? value.quasis : []
  return quasis.length === 1 ? (quasis[0] as { value: { cooked: string } }).value.cooked : undefined
}

/** `import.meta.url`, the second argument that makes a URL a place beside this file. */
function isOwnUrl(value: unknown): boolean {
  return (
    isNode(value) && value.type === 'MemberExpression' && isNode(value.object) && value.object.type === 'MetaProperty'
  )
}

function onlyTypes(node: Node): boolean {
  if (node.importKind === 'type' || node.exportKind === 'type') return true
  const specifiers = Array.isArray(node.specifiers) ? (node.specifiers as Node[]) : []
  return specifiers.length > 0 && specifiers.every((one) => one.importKind === 'type' || one.exportKind === 'type')
}

function mentionIn(node: Node): { name: string | undefined; typeOnly: boolean } | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
      return { name: literal(node.source), typeOnly: onlyTypes(node) }
    case 'ExportNamedDeclaration':
      return isNode(node.source) ? { name: literal(node.source), typeOnly: onlyTypes(node) } : undefined
    case 'ImportExpression':
      return { name: literal(node.source), typeOnly: false }
    case 'TSImportType':
      return { name: literal(node.source), typeOnly: true }
    case 'NewExpression': {
      const [name, base] = Array.isArray(node.arguments) ? (node.arguments as unknown[]) : []
      return isOwnUrl(base) && literal(name)?.endsWith('.ts') ? { name: literal(name), typeOnly: false } : undefined
    }
    default:
      return undefined
  }
}

/** Every mention of a module in a TypeScript source; `file` is only for the reader of the answer. */
export function mentionsIn(file: string, source: string): ImportMention[] {
  const { program, errors } = parseSync(file, source)
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`)
  const lines = source.split('\n')
  const found: ImportMention[] = []
  const waiting: Node[] = [program as unknown as Node]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const mention = mentionIn(node)
    if (mention) {
      const line = source.slice(0, node.start).split('\n').length
      found.push({ file, line, text: lines[line - 1]?.trim() ?? '', ...mention })
    }
    waiting.push(...childrenOf(node))
  }
  return found.sort((a, b) => a.line - b.line)
}

/** Every TypeScript file below a folder of `root`, as paths from `root` with `/`. An absent folder holds none. */
export function typescriptFiles(root: string, folder: string): string[] {
  let entries: string[]
  try {
    entries = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
  } catch {
    return []
  }
  return entries
    .filter((entry) => /\.tsx?$/.test(entry) && !entry.includes('node_modules'))
    .map((entry) => posix.join(folder, entry.split(sep).join('/')))
    .sort()
}

/** Reads the mentions of every TypeScript file below the folders of `root`. */
export function readMentions(root: string, folders: readonly string[]): ImportMention[] {
  return folders
    .flatMap((folder) => typescriptFiles(root, folder))
    .flatMap((file) => mentionsIn(file, readFileSync(join(root, file), 'utf8')))
}

/** The file a relative mention leads to, as a path from the root; undefined for a package or an unreadable name. */
export function targetOf(mention: ImportMention): string | undefined {
  if (!mention.name?.startsWith('.')) return undefined
  return relative('.', posix.join(posix.dirname(mention.file), mention.name))
    .split(sep)
    .join('/')
}
