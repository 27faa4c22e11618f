import { Document, isScalar, visit } from 'yaml'
import type { Imported } from './imported.ts'

/** Writes the draft of kept.yaml: each open value is a fault of `kept check`, and says what is proposed and why. */
export function draftYaml(imported: Imported): string {
  const { name, sha256 } = imported.document
  const count = imported.questions.length
  const head = [
    `Drafted from ${name} (sha256 ${sha256}).`,
    `Every value that begins with OPEN waits for a decision (${count} of them); kept check refuses it until then.`,
    // What no commitment carries can be asked nowhere else.
    ...imported.questions
      .filter((question) => question.place === undefined)
      .map((question) => `${name}#${question.sentence} ${question.code}: ${question.asks} (${question.source})`),
  ]
  const document = new Document(pinned(imported), { aliasDuplicateObjects: false })
  visit(document, {
    Seq(_, list) {
      if (list.items.every((item) => isScalar(item) && !String(item.value).startsWith('OPEN: '))) list.flow = true
    },
  })
  const lines = head.map((line) => `# ${line.replace(/\s+/gu, ' ')}`)
  const text = document.toString({ lineWidth: WIDTH, flowCollectionPadding: false })
  return `${lines.join('\n')}\n${wrapLists(text)}`
}

const WIDTH = 110

/** Long lists on few full lines: one item a line hides the policy between them. */
function wrapLists(text: string): string {
  return text.replace(
    /^( *)([^\s:#][^:\n]{0,80}):\n +\[\n((?: +[^\n]+\n)+?) +\]$/gmu,
    (whole: string, indent: string, key: string, items: string) => {
      // A quoted item may run over lines: it stays as it is.
      if (/["'\\]/u.test(items)) return whole
      const rows = ['']
      for (const item of items
        .trimEnd()
        .split('\n')
        .map((each) => each.trim())) {
        const row = rows.at(-1) ?? ''
        if (indent.length + 4 + row.length + item.length + 1 > WIDTH && row !== '') rows.push(item)
        else rows[rows.length - 1] = row === '' ? item : `${row} ${item}`
      }
      return `${indent}${key}:\n${indent}  [${rows.join(`\n${indent}   `)}]`
    },
  )
}

/** The draft with the hash of the document its numbers belong to. */
function pinned({ document, draft }: Imported): Imported['draft'] {
  const { kept = 1, controller = {}, law = [], ...rest } = draft
  return { kept, controller, law, documents: { [document.name]: document.sha256 }, ...rest }
}
