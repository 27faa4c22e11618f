import type { ExportRows, ExportTable } from '../../connector.ts'
import { HeadRows, Measure, measured } from './measure.ts'
import type { ExportSink } from './sink.ts'

const HEAD_ROWS = 50
const HEAD_BYTES = 512 * 1024

/** A file of an export as the manifest lists it. */
export interface ManifestFile {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
  readonly rows?: number
}

/** Where a table's files go. */
export interface TablePaths {
  readonly json: string
  readonly csv: string
  /** Of the decoded file of that number, counted from 1. */
  file(number: number, name: string): string
}

export interface TableFiles {
  readonly files: readonly ManifestFile[]
  readonly decoded: readonly string[]
  readonly rows: number
  readonly head: readonly Record<string, unknown>[]
  /** True when JSON and CSV hold the same number of rows. */
  readonly whole: boolean
}

const opening = Buffer.from('[\n')
const closing = Buffer.from(']\n')

/** Writes one table as JSON and CSV, and the files decoded from its cells: in one pass where the sink has several files open. */
export async function writeTableFiles(sink: ExportSink, paths: TablePaths, table: ExportTable): Promise<TableFiles> {
  const { open } = sink
  return open === undefined ? oneByOne(sink, paths, table) : together(sink, open, paths, table)
}

async function together(
  sink: ExportSink,
  open: NonNullable<ExportSink['open']>,
  paths: TablePaths,
  table: ExportTable,
): Promise<TableFiles> {
  const head = new HeadRows(HEAD_ROWS, HEAD_BYTES)
  const decoded: ManifestFile[] = []
  let rows = 0
  const json = await openMeasured(open, paths.json)
  try {
    const csv = await openMeasured(open, paths.csv)
    try {
      await Promise.all([json.write(opening), csv.write(headerOf(table))])
      for await (const piece of table.rows()) {
        head.add(piece.json)
        rows += piece.rows
        await Promise.all([json.write(piece.json), csv.write(piece.csv)])
        decoded.push(...(await writeDecoded(sink, paths, piece, decoded.length)))
      }
      await json.write(rows === 0 ? closing : Buffer.concat([Buffer.from('\n'), closing]))
    } finally {
      await csv.close()
    }
    const files = [
      { path: paths.json, ...json.result(), rows },
      { path: paths.csv, ...csv.result(), rows },
    ]
    return { files: [...files, ...decoded], decoded: pathsOf(decoded), rows, head: head.head(), whole: true }
  } finally {
    await json.close()
  }
}

async function openMeasured(open: NonNullable<ExportSink['open']>, path: string) {
  const file = await open(path)
  const measure = new Measure()
  return {
    async write(bytes: Uint8Array): Promise<void> {
      await file.write(bytes)
      measure.add(bytes)
    },
    close: () => file.close(),
    result: () => measure.result(),
  }
}

/** A pass for each form, and one for the decoded files where there are any. */
async function oneByOne(sink: ExportSink, paths: TablePaths, table: ExportTable): Promise<TableFiles> {
  const head = new HeadRows(HEAD_ROWS, HEAD_BYTES)
  const counts = { json: 0, csv: 0, files: 0 }
  async function* json(): AsyncGenerator<Uint8Array> {
    yield opening
    for await (const piece of table.rows()) {
      head.add(piece.json)
      counts.json += piece.rows
      counts.files += piece.files?.length ?? 0
      yield Buffer.from(piece.json)
    }
    yield counts.json === 0 ? closing : Buffer.concat([Buffer.from('\n'), closing])
  }
  async function* csv(): AsyncGenerator<Uint8Array> {
    yield headerOf(table)
    for await (const piece of table.rows()) {
      counts.csv += piece.rows
      yield Buffer.from(piece.csv)
    }
  }
  const jsonFile = await writeMeasured(sink, paths.json, json())
  const csvFile = await writeMeasured(sink, paths.csv, csv())
  const decoded: ManifestFile[] = []
  if (counts.files > 0) {
    for await (const piece of table.rows()) decoded.push(...(await writeDecoded(sink, paths, piece, decoded.length)))
  }
  const files = [{ ...jsonFile, rows: counts.json }, { ...csvFile, rows: counts.csv }, ...decoded]
  const whole = counts.json === counts.csv && counts.files === decoded.length
  return { files, decoded: pathsOf(decoded), rows: counts.json, head: head.head(), whole }
}

async function writeDecoded(
  sink: ExportSink,
  paths: TablePaths,
  piece: ExportRows,
  before: number,
): Promise<ManifestFile[]> {
  const written: ManifestFile[] = []
  for (const { name, bytes } of piece.files ?? []) {
    written.push(await writeMeasured(sink, paths.file(before + written.length + 1, name), once(bytes)))
  }
  return written
}

export async function writeMeasured(
  sink: ExportSink,
  path: string,
  pieces: AsyncIterable<Uint8Array>,
): Promise<ManifestFile> {
  const measure = new Measure()
  await sink.write(path, measured(pieces, measure))
  return { path, ...measure.result() }
}

export async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** The first record of a CSV file: the names of its fields (RFC 4180, section 2). */
function headerOf(table: ExportTable): Buffer {
  const names = table.columns.map(({ name }) => (/[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name))
  return Buffer.from(`${names.join(',')}\n`)
}

function pathsOf(files: readonly ManifestFile[]): string[] {
  return files.map(({ path }) => path)
}
