import type { Block, Notice, Part, Row, Section, Statement } from './notice.ts'

/** A text as Markdown shows it: signs that could be markup stand behind a backslash (CommonMark 0.31, 2.4). */
const escaped = (text: string): string =>
  text
    .replace(/[\\`*_[\]<>|~&#]/gu, (sign) => `\\${sign}`)
    .replace(/^(\d+)([.)])/u, '$1\\$2')
    .replace(/^[-+=]/u, (sign) => `\\${sign}`)

/** The id of what a line says, as a comment that no reader sees. */
const idOf = (of: string): string => ` <!-- [${of}] -->`

const partsOf = (parts: readonly Part[]): string =>
  parts.map(({ of, text }) => `${escaped(text)}${idOf(of)}`).join('<br>')

const rowOf = ({ head, cells }: Row): string => `| ${[escaped(head), ...cells.map(partsOf)].join(' | ')} |`

const statementOf = ({ of, label, sentences, marks }: Statement): string => {
  const named = label === '' ? [] : [`**${escaped(`${label}.`)}**`]
  return `- ${[...named, ...[...sentences, ...marks.map(({ text }) => text)].map(escaped)].join(' ')}${idOf(of)}`
}

const blockOf = (block: Block): readonly string[] => {
  switch (block.type) {
    case 'heading':
      return [`### ${escaped(block.text)}${idOf(block.anchor)}`]
    case 'paragraph':
      return [`${escaped(block.text)}${idOf(block.of)}`]
    case 'statements':
      return [block.statements.map(statementOf).join('\n')]
    case 'facts':
      return [
        block.facts
          .map(
            ({ head, parts }) =>
              `- **${escaped(`${head}:`)}** ${parts.map(({ of, text }) => `${escaped(text)}${idOf(of)}`).join('; ')}`,
          )
          .join('\n'),
      ]
    case 'table': {
      const width = Math.max(2, ...block.rows.map(({ cells }) => cells.length + 1))
      const columns = block.columns.length === 0 ? Array.from({ length: width }, () => ' ') : block.columns.map(escaped)
      const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
      return [[line(columns), line(columns.map(() => '---')), ...block.rows.map(rowOf)].join('\n')]
    }
  }
}

const sectionOf = ({ heading, blocks }: Section): readonly string[] => [
  `## ${escaped(heading)}`,
  ...blocks.flatMap(blockOf),
]

/** The notice as Markdown (CommonMark with tables); each statement is followed by a comment with the id of its commitment. */
export const markdownOf = ({ title, sections }: Notice): string =>
  `${[`# ${escaped(title)}`, ...sections.flatMap(sectionOf)].join('\n\n')}\n`
