/** A column of MariaDB or MySQL as `information_schema.COLUMNS` says it. */
export interface ColumnRow {
  readonly table: string
  readonly name: string
  readonly type: string
  readonly dataType: string
  readonly length: number | null
  readonly nullable: boolean
  readonly default: string | null
  readonly extra: string
  readonly generation: string | null
  readonly charset: string | null
  readonly collation: string | null
  readonly comment: string
}

/** What SQL needs to know of a column beyond its base type. */
export interface ColumnTraits {
  readonly charset?: string
  readonly collation?: string
  readonly unsigned: boolean
  /** `ON UPDATE CURRENT_TIMESTAMP`. */
  readonly moves: boolean
}

/** Types by the names that every connector uses for their like. */
const bases: Readonly<Record<string, string>> = {
  tinyint: 'int1',
  smallint: 'int2',
  mediumint: 'int3',
  int: 'int4',
  bigint: 'int8',
  year: 'int2',
  decimal: 'numeric',
  float: 'float4',
  double: 'float8',
  char: 'bpchar',
  varchar: 'varchar',
  tinytext: 'text',
  text: 'text',
  mediumtext: 'text',
  longtext: 'text',
  binary: 'bytea',
  varbinary: 'bytea',
  tinyblob: 'bytea',
  blob: 'bytea',
  mediumblob: 'bytea',
  longblob: 'bytea',
  datetime: 'timestamp',
  timestamp: 'timestamptz',
}

export function baseOf({ dataType, type }: Pick<ColumnRow, 'dataType' | 'type'>): string {
  if (type === 'tinyint(1)') return 'bool'
  return bases[dataType] ?? dataType
}

export function traitsOf({ charset, collation, type, extra }: ColumnRow): ColumnTraits {
  return {
    ...(charset === null ? {} : { charset }),
    ...(collation === null ? {} : { collation }),
    unsigned: /unsigned/i.test(type),
    moves: /on update current_timestamp/i.test(extra),
  }
}

export function isGenerated({ extra, generation }: ColumnRow): boolean {
  return (generation !== null && generation !== '') || /\b(virtual|stored|persistent)\b/i.test(extra)
}

/** A default that a cell can be set to: NULL, and numbers that count by themselves, are none. */
export function defaultOf({ default: value, extra }: ColumnRow): string | undefined {
  if (/auto_increment/i.test(extra) || value === null || value.toUpperCase() === 'NULL') return undefined
  return value
}
