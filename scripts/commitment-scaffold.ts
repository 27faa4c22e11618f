/** The files of a new kind of commitment: they compile, and their tests fail until each part is filled or declared absent. */

/** What the policy file, the notice and the folder call the kind. */
export interface KindNames {
  /** Key of the policy file and name of the folder, e.g. `retention`. */
  readonly key: string
  readonly heading: string
  /** What commitments of this kind say, in one line. */
  readonly says: string
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

function index({ key, heading, says }: KindNames, name: string): string {
  return `import { namedCommitments } from '../block.ts'
import type { CommitmentKind } from '../commitment-kind.ts'
import { enforce${name} } from './enforce.ts'
import { verify${name} } from './verify.ts'
import { ${key}Misstatements, ${key}Vocabulary, read${name}, type ${name}Rule } from './vocabulary.ts'

export const ${key}: CommitmentKind<'${key}', readonly ${name}Rule[]> = {
  key: '${key}',
  heading: ${quoted(heading)},
  says: ${quoted(says)},
  vocabulary: ${key}Vocabulary,
  commitments: namedCommitments,
  misstatements: ${key}Misstatements,
  compile: (block) => {
    const slice = read${name}(block)
    return { slice, steps: enforce${name}(slice) }
  },
  verify: verify${name},
  // Give the reason of each part that this kind does not have; remove the line of a part that it has.
  absent: { prose: '', wording: 'its sentences stand in the words files of the notice, one a language' },
}
`
}

function vocabulary({ key, says }: KindNames, name: string): string {
  return `import { z } from 'zod'
import { name, source } from '../../language/terms.ts'
import { readEntries } from '../block.ts'
import type { Known, Misstatement } from '../commitment-kind.ts'

const entry = z.strictObject({ source: source.optional() })

/** What a policy file may say under \`${key}\`. */
export const ${key}Vocabulary = z.record(name, entry).meta({ description: ${quoted(says)} })

export interface ${name}Rule {
  readonly name: string
}

export const read${name} = (block: unknown): readonly ${name}Rule[] => readEntries(block, entry).map(([name]) => ({ name }))

/** Names of the block that the rest of the policy does not declare. */
export const ${key}Misstatements = (_block: unknown, _known: Known): readonly Misstatement[] => []
`
}

function enforce({ key }: KindNames, name: string): string {
  return `import type { Step } from '../commitment-kind.ts'
import type { ${name}Rule } from './vocabulary.ts'

/** What a gate does so that ${key} holds. */
export const enforce${name} = (_rules: readonly ${name}Rule[]): readonly Step[] => []
`
}

function verify(_names: KindNames, name: string): string {
  return `import type { Commitment, Facts, Standing } from '../commitment-kind.ts'

/** Without a probe that looked, nothing is known: unproven. */
export const verify${name} = (_commitment: Commitment, _facts: Facts): Standing => ({
  status: 'unproven',
  why: 'no probe of this kind has looked yet',
})
`
}

function difference({ key }: KindNames): string {
  return `import { type Comparison, use } from '../comparison.ts'

/** What more of each key means for the person whose data it is; a key without a rule is told as neutral. Listed in ../comparisons.ts. */
export const ${key}Comparison: Comparison = { form: () => use('${key}'), keys: {}, topic: 'other', renamed: true }
`
}

function test({ key }: KindNames, name: string): string {
  return `import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { enforce${name} } from './enforce.ts'
import { ${key} } from './index.ts'
import { ${key}Misstatements, read${name} } from './vocabulary.ts'

const NOTHING_KNOWN = {
  data: new Set<string>(),
  purposes: new Set<string>(),
  recipients: new Set<string>(),
  today: '2026-11-22',
  applies: new Map(),
  laws: new Map(),
}

it('says in one line what it promises', () => {
  expect(${key}.says).not.toBe('')
})

it('has a case: policy in; plan and faults out', () => {
  expect(readdirSync(fileURLToPath(new URL('./cases', import.meta.url)))).not.toEqual(['README.md'])
})

it('turns a rule into a step that a gate carries out', () => {
  expect(enforce${name}(read${name}({ example: {} }))).not.toEqual([])
})

it('finds a name that the policy does not declare', () => {
  expect(${key}Misstatements({ example: { data: ['undeclared'] } }, NOTHING_KNOWN)).not.toEqual([])
})

it('catches a planted breach', () => {
  expect.unreachable('Plant a breach of ${key} on a real system and see verify.ts catch it.')
})
`
}

function capitalised(key: string): string {
  return key.slice(0, 1).toUpperCase() + key.slice(1)
}

/** The files of the kind's folder, by their path inside it. */
export function scaffold(names: KindNames): Record<string, string> {
  const name = capitalised(names.key)
  return {
    'index.ts': index(names, name),
    'vocabulary.ts': vocabulary(names, name),
    'enforce.ts': enforce(names, name),
    'verify.ts': verify(names, name),
    'difference.ts': difference(names),
    [`${names.key}.test.ts`]: test(names, name),
    'cases/README.md': `# Cases of ${names.key}\n\nOne small file a case: policy in; sentence, plan, faults out. Adding one needs no code.\n`,
  }
}

/** The ordered list with the new kind at its end: \`src/commitments/index.ts\` in, the same with two lines more out. */
export function withKind(list: string, key: string): string {
  const importLine = `import { ${key} } from './${key}/index.ts'\n`
  const afterImports = list.lastIndexOf('\nimport ') + 1
  const lineEnd = list.indexOf('\n', afterImports) + 1
  const extended = list.slice(0, lineEnd) + importLine + list.slice(lineEnd)
  return extended.replace('\n] as const', `\n  ${key},\n] as const`)
}
