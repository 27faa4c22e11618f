import { type Document, isAlias, isMap, isNode, isScalar, isSeq } from 'yaml'
import type { Path } from '../commitments/commitment-kind.ts'
import { Fault } from '../language/fault.ts'
import { keyShown, type Mark, type Marks, markKey, pathText } from './place.ts'

// Aliases can multiply a small file into billions of values; ten times the largest map of the fixtures is enough.
const mostValues = 200_000
const deepest = 64

const keyText = (key: unknown): string | undefined => {
  if (!isScalar(key)) return undefined
  // `no`, `1` and `null` are names where they are keys.
  if (typeof key.value === 'string') return key.value
  return key.source ?? String(key.value)
}

/** Large whole numbers keep every digit as text; a JavaScript number would lose the last ones. */
const scalarValue = (value: unknown, source: string | undefined): unknown =>
  typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value) ? (source ?? value) : value

/** The document as plain values with places; duplicate keys, `__proto__`, too many values and too deep ones are faults. */
export const plainValue = (
  document: Document,
  file: string,
  markAt: (offset: number) => Mark,
): { value: unknown; marks: Marks; faults: readonly Fault[] } => {
  const keys = new Map<string, Mark>()
  const values = new Map<string, Mark>()
  const faults: Fault[] = []
  const anchors = new Map<string, unknown>()
  let count = 0
  let tooDeep = false

  const markOf = (node: unknown): Mark | undefined => {
    const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined
    return Array.isArray(range) && typeof range[0] === 'number' ? markAt(range[0]) : undefined
  }
  const fault = (code: string, node: unknown, path: Path, what: string, mend: string): undefined => {
    faults.push(new Fault({ code, where: { file, ...markOf(node), path: pathText(path) }, what, mend }))
    return undefined
  }

  /** `repeated`: inside an alias, where anchors were seen before. */
  const walk = (node: unknown, path: Path, repeated: boolean): unknown => {
    count += 1
    if (count > mostValues) {
      if (count === mostValues + 1)
        fault('yaml.too-many-values', node, path, 'the file has more values than can be read', 'use fewer aliases')
      return undefined
    }
    if (path.length > deepest) {
      if (tooDeep) return undefined
      tooDeep = true
      return fault(
        'yaml.too-deep',
        node,
        path.slice(0, 8),
        'the file is nested too deeply',
        'write it with fewer levels',
      )
    }
    const mark = markOf(node)
    if (mark) values.set(markKey(path), mark)
    if (isAlias(node)) {
      if (anchors.has(node.source)) return walk(anchors.get(node.source), path, true)
      return fault(
        'yaml.unknown-alias',
        node,
        path,
        `no anchor &${node.source} stands before`,
        'write the value itself',
      )
    }
    if (!repeated && isNode(node) && 'anchor' in node && typeof node.anchor === 'string') anchors.set(node.anchor, node)
    if (isScalar(node)) return scalarValue(node.value, node.source)
    if (isSeq(node)) return node.items.map((item, index) => walk(item, [...path, index], repeated))
    if (!isMap(node)) return null
    const plain: Record<string, unknown> = {}
    for (const { key, value } of node.items) {
      const name = keyText(key)
      if (name === undefined || name === '__proto__') {
        fault('yaml.bad-key', key ?? node, path, 'a key must be a plain word', 'write the key as text')
      } else if (Object.hasOwn(plain, name)) {
        const first = keys.get(markKey([...path, name]))
        fault(
          'yaml.duplicate-key',
          key,
          [...path, name],
          `the key "${keyShown(name)}" stands here twice${first ? `, first on line ${first.line}` : ''}`,
          'take one of them out, or merge them',
        )
      } else {
        const at = markOf(key)
        if (at) keys.set(markKey([...path, name]), at)
        plain[name] = walk(value, [...path, name], repeated)
      }
    }
    return plain
  }

  const value = walk(document.contents, [], false)
  return { value, marks: { keys, values }, faults }
}
