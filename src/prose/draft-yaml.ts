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
  const document = new Document(pinned(imported))
  visit(document, {
    Seq(_, list) {
      if (list.items.every((item) => isScalar(item) && !String(item.value).startsWith('OPEN: '))) list.flow = true
    },
  })
  const lines = head.map((line) => `# ${line.replace(/\s+/gu, ' ')}`)
  return `${lines.join('\n')}\n${document.toString({ lineWidth: 110, flowCollectionPadding: false })}`
}

/** The draft with the hash of the document its numbers belong to. */
function pinned({ document, draft }: Imported): Imported['draft'] {
  const { kept = 1, controller = {}, law = [], ...rest } = draft
  return { kept, controller, law, documents: { [document.name]: document.sha256 }, ...rest }
}
