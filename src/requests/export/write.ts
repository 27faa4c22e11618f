import { sha256Hex } from '../../base/hash.ts'
import type { ExportTable, Found, Store } from '../../connector.ts'
import { Fault } from '../../language/fault.ts'
import type { Explanation } from './explain.ts'
import { folderSink } from './folder.ts'
import type { ExportLock } from './lock.ts'
import { type PageTable, pageText } from './page.ts'
import type { ExportSink } from './sink.ts'
import { type ManifestFile, once, writeMeasured, writeTableFiles } from './table-files.ts'
import { zipSink } from './zip.ts'

/** One store's share of an export: its open connection and what it knows of the person. */
export interface ExportPart {
  readonly store: Store
  readonly found: Found
  /** Tables in which other people's rows, or rows shared with them, are part of it; absent: where the store cannot rule it out. */
  readonly shared?: ReadonlySet<string>
}

export interface WrittenTable extends PageTable {
  /** True when both files hold the same number of rows. */
  readonly whole: boolean
}

export interface WrittenExport {
  readonly tables: readonly WrittenTable[]
  readonly files: number
  readonly manifestSha256: string
}

/** A store failed in the middle of its share: nothing of the export was left behind. */
export class StoreGaveUp extends Error {
  readonly store: string
  readonly fault: Fault

  constructor(store: string, fault: Fault) {
    super(`store ${store} gave up during an export`, { cause: fault })
    this.name = 'StoreGaveUp'
    this.store = store
    this.fault = fault
  }
}

/** How other people's words in shared rows are treated, by the store's declared rule. */
export type OthersRule = 'redact' | 'keep'

export interface WriteOptions {
  /** A folder, or a file that ends in `.zip`. */
  readonly out: string
  readonly others: OthersRule
  readonly explanation: Explanation
  readonly now: Date
  /** Locks the copy, which is then a `.zip` or `.zip.age`. Default: written as it is. */
  readonly lock?: ExportLock
  progress?(store: string, table: string): void
}

/**
 * Writes everything the stores hold about a person: JSON and CSV per table, decoded files, a manifest, one page to read.
 * Each store is one consistent snapshot. Nothing appears under the final name until all of it is written.
 * Throws `StoreGaveUp` when a store fails on the way; fault `export.exists`.
 */
export async function writeExport(parts: readonly ExportPart[], options: WriteOptions): Promise<WrittenExport> {
  const { out, lock } = options
  const sink = lock !== undefined || out.endsWith('.zip') ? await zipSink(out, lock) : await folderSink(out)
  try {
    const files: ManifestFile[] = []
    const tables: WrittenTable[] = []
    for (const part of parts) tables.push(...(await writeStore(part, sink, files, options)))
    const page = pageText(options.explanation, tables, options.now)
    files.push(await writeText(sink, 'index.html', page))
    const manifest = manifestText(files, tables, options)
    await writeText(sink, 'manifest.json', manifest)
    await sink.finish()
    return { tables, files: files.length + 1, manifestSha256: sha256Hex(manifest) }
  } catch (error) {
    await sink.abandon()
    throw error
  }
}

async function writeStore(
  { store, found, shared }: ExportPart,
  sink: ExportSink,
  files: ManifestFile[],
  options: WriteOptions,
): Promise<WrittenTable[]> {
  const { map } = store
  const tables: WrittenTable[] = []
  try {
    await store.export(found, { others: options.others }, async (live) => {
      for (const table of live) {
        options.progress?.(map.store, table.table)
        const purposes = map.tables.find((one) => one.table === table.table)?.for ?? []
        const others = shared === undefined || shared.has(table.table) ? table.others : 'none'
        tables.push({ ...(await writeTable(map.store, purposes, table, sink, files)), others })
      }
    })
  } catch (error) {
    if (error instanceof Fault) throw new StoreGaveUp(map.store, error)
    throw error
  }
  return tables
}

async function writeTable(
  store: string,
  purposes: readonly string[],
  table: ExportTable,
  sink: ExportSink,
  files: ManifestFile[],
): Promise<WrittenTable> {
  const folder = `data/${fileName(store)}`
  const json = `${folder}/${fileName(table.table)}.json`
  const csv = `${folder}/${fileName(table.table)}.csv`
  const file = (number: number, name: string) =>
    `${folder}/files/${fileName(table.table)}-${String(number)}-${fileName(name)}`
  const written = await writeTableFiles(sink, { json, csv, file }, table)
  files.push(...written.files)
  return {
    store,
    table: table.table,
    purposes,
    rows: written.rows,
    columns: table.columns,
    head: written.head,
    others: table.others,
    files: written.decoded,
    json,
    csv,
    whole: written.whole,
  }
}

async function writeText(sink: ExportSink, path: string, text: string): Promise<ManifestFile> {
  return writeMeasured(sink, path, once(Buffer.from(text)))
}

/** Letters, digits, dot, dash and underscore; never `.` or `..`, never a separator, at most 100 letters. */
function fileName(name: string): string {
  const plain = name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^\.+/, '_')
  return plain.slice(0, 100) || '_'
}

function manifestText(files: readonly ManifestFile[], tables: readonly WrittenTable[], options: WriteOptions): string {
  const manifest = {
    kept: 'export/1',
    controller: options.explanation.controller,
    made: options.now.toISOString(),
    others: {
      rule: options.others,
      says:
        options.others === 'redact'
          ? 'Names and addresses of other people in shared rows are replaced.'
          : 'Other people’s words in shared rows are left as they are.',
    },
    tables: tables.map(({ store, table, rows, others, purposes }) => ({ store, table, rows, others, purposes })),
    files,
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}
