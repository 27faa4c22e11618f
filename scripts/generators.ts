import { apiDocument } from './api-document.ts'
import { commandsDocument } from './commands-document.ts'
import { kindsDocument } from './kinds-document.ts'
import {
  faultsDocument,
  policySchemaText,
  serverSchemaText,
  storeSchemaText,
  termsDocument,
} from './policy-documents.ts'

/**
 * The files that are written by the project itself. `npm run generate` writes them, `npm run check` compares them.
 * To add one: one entry below, with the path from the root and a function that returns the whole text.
 */
export interface GeneratedFile {
  readonly file: string
  /** The same text for the same sources: no dates, no machine names, sorted. Ends with a newline. */
  readonly text: () => Promise<string>
}

export const GENERATED_FILES: readonly GeneratedFile[] = [
  { file: 'schema/kept.schema.json', text: async () => policySchemaText() },
  { file: 'schema/store.schema.json', text: async () => storeSchemaText() },
  { file: 'schema/server.schema.json', text: async () => serverSchemaText() },
  { file: 'docs/faults.md', text: async () => faultsDocument() },
  { file: 'docs/terms.md', text: async () => termsDocument() },
  { file: 'docs/kinds.md', text: async () => kindsDocument() },
  { file: 'docs/api.md', text: async () => apiDocument() },
  { file: 'docs/commands.md', text: async () => commandsDocument() },
]
