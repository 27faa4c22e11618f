import { canonicalJson, type JsonValue } from '../base/canonical-json.ts'
import { instant } from '../base/clock.ts'
import type { Entry, Fact } from '../ledger.ts'
import type { SqlStatement } from '../sql/sql.ts'
import { type Frontier, leafDigest } from './evidence/tree.ts'
import { appendStatements, type Operation, operationStatement } from './operations.ts'

/** One caller's part of a commit: what is attested, and what is done to the tables with it. */
export interface CommitPart {
  readonly facts: readonly Fact[]
  /** Built anew for every attempt: rows carry the index of their evidence. */
  readonly operations: (entries: readonly Entry[]) => Operation[]
  /** What names no evidence and takes a while to make: the others may be sent meanwhile. */
  readonly late?: () => Operation[]
}

/** A commit ready to be sent: it holds only for a log of the size it was built on. */
export interface Built {
  /** The entries of each part, in order. */
  readonly entries: readonly Entry[][]
  /** The canonical lines of all of them. */
  readonly lines: readonly string[]
  readonly operations: readonly Operation[]
  /** The log's tree after it. */
  readonly grown: Frontier
  readonly statements: readonly SqlStatement[]
}

/** Gives every fact its index, instant and leaf in the tree, and makes the statements that write all parts together. */
export function buildCommit(controller: string, now: Date, parts: readonly CommitPart[], frontier: Frontier): Built {
  const late = parts.flatMap((part) => part.late?.() ?? [])
  const built = buildEarly(controller, now, parts, frontier)
  const operations = [...built.operations, ...late]
  return { ...built, operations, statements: [...built.statements, ...lateStatements(controller, late)] }
}

/** The statements of what is `late`; they may come after all others of the commit. */
export function lateStatements(controller: string, operations: readonly Operation[]): SqlStatement[] {
  return operations.map((operation) => operationStatement(controller, operation))
}

/** As `buildCommit`, without what is `late`. */
export function buildEarly(controller: string, now: Date, parts: readonly CommitPart[], frontier: Frontier): Built {
  const grown = frontier.copy()
  const at = instant(now)
  const lines: string[] = []
  const entries: Entry[][] = []
  const operations: Operation[] = []
  for (const part of parts) {
    const mine: Entry[] = []
    for (const { type, body } of part.facts) {
      const content = { at, body, controller, index: grown.size, type }
      const line = canonicalJson(content as unknown as JsonValue)
      const leaf = leafDigest(line)
      grown.append(leaf)
      lines.push(line)
      mine.push({ ...content, leaf: Buffer.from(leaf, 'latin1').toString('hex') })
    }
    entries.push(mine)
    operations.push(...part.operations(mine))
  }
  const statements = operations.map((operation) => operationStatement(controller, operation))
  if (lines.length > 0) {
    statements.push(
      ...appendStatements(controller, frontier.size, { size: grown.size, frontier: grown.packed() }, lines),
    )
  }
  return { entries, lines, operations, grown, statements }
}
