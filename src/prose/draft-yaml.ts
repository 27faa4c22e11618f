import { stringify } from 'yaml'
import type { Imported } from './imported.ts'

/** Writes the draft of kept.yaml: each open value is a fault of `kept check`, each question a comment with its source. */
export function draftYaml(imported: Imported): string {
  const head = [
    `Drafted from ${imported.document.name} (sha256 ${imported.document.sha256}).`,
    'Every value that begins with OPEN waits for a decision; kept check refuses it.',
    ...imported.questions.map(
      (question) =>
        `${imported.document.name}#${question.sentence} ${question.code}: ${question.asks}${question.proposes === undefined ? '' : ` Proposed: ${question.proposes}.`} (${question.source})`,
    ),
  ]
  return `${head.map((line) => `# ${line.replace(/\s+/gu, ' ')}`).join('\n')}\n${stringify(pinned(imported), { lineWidth: 110 })}`
}

/** The draft with the hash of the document its numbers belong to. */
function pinned({ document, draft }: Imported): Imported['draft'] {
  const { kept = 1, controller = {}, law = [], ...rest } = draft
  return { kept, controller, law, documents: { [document.name]: document.sha256 }, ...rest }
}
