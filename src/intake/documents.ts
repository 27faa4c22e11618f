import { instant } from '../base/clock.ts'
import { addDuration } from '../base/duration.ts'
import { randomId } from '../base/ids.ts'
import type { CaseFile, CaseRecord, NewCaseFile } from '../cases.ts'
import { Fault } from '../language/fault.ts'
import { taskLetter } from './compose.ts'
import { type Intake, limitsOf, TERMS } from './intake.ts'
import { isOpen } from './states.ts'
import { type Actor, caseOf, turn } from './turn.ts'

/** Files that a person of the staff can look at without danger to the machine: pictures, and PDF. */
const mediaTypes: Readonly<Record<string, (bytes: Uint8Array) => boolean>> = {
  'image/png': (bytes) => begins(bytes, [0x89, 0x50, 0x4e, 0x47]),
  'image/jpeg': (bytes) => begins(bytes, [0xff, 0xd8, 0xff]),
  'application/pdf': (bytes) => begins(bytes, [0x25, 0x50, 0x44, 0x46]),
}

const begins = (bytes: Uint8Array, magic: readonly number[]): boolean => magic.every((byte, at) => bytes[at] === byte)

export interface GivenFile {
  readonly mediaType: string
  readonly bytes: Uint8Array
}

/**
 * Keeps documents that show an identity, encrypted, until their term (`rights.identity.keep`, else 30 days) is over; a person
 * of the staff looks at them. Faults `case.bad-file` (kind, size, number), `case.state`.
 */
export async function addDocuments(
  intake: Intake,
  id: string,
  by: Actor,
  files: readonly GivenFile[],
): Promise<CaseRecord> {
  const record = await caseOf(intake, id)
  const documents = await newFiles(intake, record, 'document', files)
  return turn(intake, record, {
    step: 'documents-received',
    by,
    todo: ['check-identity'],
    letters: taskLetter(intake, { ...record, tasks: [...new Set([...record.tasks, 'check-identity' as const])] }),
    files: documents,
    says: { count: files.length },
  })
}

/** Files of a case as they are to be stored. Fault `case.bad-file`. */
export async function newFiles(
  intake: Intake,
  record: CaseRecord,
  what: CaseFile['what'],
  files: readonly GivenFile[],
): Promise<readonly NewCaseFile[]> {
  const { fileBytes, filesPerCase } = limitsOf(intake)
  const there = (await intake.cases.files(record.id)).filter(({ destroyedAt }) => destroyedAt === undefined)
  const sound = files.every(({ mediaType, bytes }) => bytes.byteLength <= fileBytes && mediaTypes[mediaType]?.(bytes))
  if (!sound || there.length + files.length > filesPerCase || !isOpen(record)) throw badFile(fileBytes, filesPerCase)
  const expiresAt = instant(addDuration(intake.now(), intake.plan.rights.identityKeep ?? TERMS.documents))
  return files.map(({ mediaType, bytes }) => ({
    id: randomId(12),
    case: record.id,
    what,
    mediaType,
    bytes: bytes.byteLength,
    expiresAt,
    content: bytes,
  }))
}

/** A document, for somebody of the staff who checks it: that it was looked at is a step of the case. Fault `case.no-file`. */
export async function openDocument(intake: Intake, file: string, by: string): Promise<GivenFile> {
  const known = await intake.cases.file(file)
  const bytes = known && known.what !== 'download' ? await intake.cases.fileContent(file) : undefined
  if (known === undefined || bytes === undefined) {
    throw new Fault({
      code: 'case.no-file',
      what: 'There is no such file, or its term is over and it is destroyed.',
      mend: '`kept case show` lists the files of a case.',
    })
  }
  const record = await caseOf(intake, known.case)
  await turn(intake, record, { step: 'document-seen', by: { staff: by }, says: { file } })
  return { mediaType: known.mediaType, bytes }
}

function badFile(bytes: number, files: number): Fault {
  return new Fault({
    code: 'case.bad-file',
    what: `A file is no PNG, JPEG or PDF, is larger than ${bytes} bytes, there are more than ${files}, or the case is over.`,
    mend: 'Give a picture or a PDF of the document; cover what is not needed.',
  })
}
