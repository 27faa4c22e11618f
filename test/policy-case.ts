import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Capabilities } from '../src/connector.ts'
import type { Fault } from '../src/language/fault.ts'
import type { LiveColumn, LiveSchema, LiveTable } from '../src/live-schema.ts'

const liveTable = z.strictObject({
  /** Column → `type`, then any of: `key`, `not null`, `default`, `generated`, `unique`, `-> table.column`. */
  columns: z.record(z.string(), z.string()),
  kind: z.enum(['table', 'partitioned', 'view', 'materialized-view', 'foreign-table']).default('table'),
  partOf: z.string().optional(),
  triggers: z.array(z.string()).default([]),
})

/** One case: policy, store maps and live schemas in; commitments, a part of the plan, and every fault out. */
const policyCase = z.strictObject({
  says: z.string(),
  policy: z.string(),
  stores: z.record(z.string(), z.string()).default({}),
  live: z.record(z.string(), z.record(z.string(), liveTable)).default({}),
  capabilities: z.record(z.string(), z.boolean()).default({}),
  faults: z.array(z.string()).default([]),
  commitments: z.array(z.string()).optional(),
  plan: z.record(z.string(), z.unknown()).optional(),
  maps: z.record(z.string(), z.unknown()).optional(),
})

export type PolicyCase = z.output<typeof policyCase>

/** All case files of a folder, by name. */
export function policyCases(folder: string): { readonly file: string; readonly read: PolicyCase }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({ file: name, read: policyCase.parse(parse(readFileSync(join(folder, name), 'utf8'))) }))
}

/** A fault in one line: `file:line:column severity code path | mend`. */
export function faultLine(fault: Fault): string {
  const { file = '', line, column, path = '' } = fault.where
  const place = [file.split('/').at(-1), line, column].filter((part) => part !== undefined).join(':')
  return `${place} ${fault.severity} ${fault.code} ${path} | ${fault.mend}`
}

function column(name: string, says: string): LiveColumn {
  const [type = 'text'] = says.split(/ (?=key|not null|default|generated|unique|->)/)
  const length = /\((\d+)\)/.exec(type)?.[1]
  return {
    name,
    type,
    base: type.replace(/\(.*\)/, '').replace(/^(.*)\[\]$/, '_$1'),
    ...(length === undefined ? {} : { maxLength: Number(length) }),
    nullable: !/\b(not null|key)\b/.test(says),
    hasDefault: /\bdefault\b/.test(says),
    generated: /\bgenerated\b/.test(says),
  }
}

/** A live schema out of its short form. */
export function liveSchema(tables: PolicyCase['live'][string]): LiveSchema {
  return {
    version: 'none',
    sha256: '',
    tables: Object.entries(tables).map(([name, table]): LiveTable => {
      const columns = Object.entries(table.columns)
      const key = columns.filter(([, says]) => /\bkey\b/.test(says)).map(([key]) => key)
      return {
        name,
        kind: table.kind,
        columns: columns.map(([column_, says]) => column(column_, says)),
        key,
        uniques: [
          ...(key.length > 0 ? [key] : []),
          ...columns.filter(([, says]) => /\bunique\b/.test(says)).map(([unique]) => [unique]),
        ],
        references: columns.flatMap(([from, says]) => {
          const target = /-> (.+)\.([^. ]+)$/.exec(says)
          if (target === null) return []
          return [
            {
              name: `${name}_${from}`,
              columns: [from],
              to: { table: target[1] ?? '', columns: [target[2] ?? ''] },
              onDelete: 'no action',
              onUpdate: 'no action',
              deferrable: false,
            },
          ]
        }),
        triggers: table.triggers.map((trigger) => ({ name: trigger, on: ['delete'], writes: true, skips: false })),
        ...(table.partOf === undefined ? {} : { partOf: table.partOf }),
        estimatedRows: 0,
      }
    }),
  }
}

export const everyCapability: Capabilities = {
  transactions: true,
  snapshot: true,
  lockTimeout: true,
  statementTimeout: true,
  killable: true,
  references: true,
  access: true,
  erasure: true,
  correction: true,
  stop: true,
}
