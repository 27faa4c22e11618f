import type { ApiMap, ApiResource, StoreMap } from '../../language/store-map.ts'
import { pathSteps } from '../items/cell-value.ts'
import {
  type Ask,
  type Cell,
  type Item,
  type ItemColumn,
  type ItemSource,
  type ItemTable,
  itemColumn,
  SourceFailure,
  type StoredCell,
  type UnreadCell,
} from '../items/source.ts'
import { openItems } from '../items/store.ts'
import { type Answer, ApiClient } from './client.ts'

/** More pages than this are a list that leads round in a circle. */
const mostPages = 100_000

/** An HTTP API with JSON (`https://USER:PASSWORD@HOST/BASE`), asked as the map's `api` says; its resources are the tables. */
export const http = openItems(async (connection, map) => {
  if (map.api === undefined) throw new SourceFailure('drift', 'the map has no key api that says how to ask')
  return new ApiSource(new ApiClient(connection, map.api), map.api, map)
})

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
type JsonObject = { readonly [key: string]: Json }

export class ApiSource implements ItemSource {
  readonly version = 'HTTP API'
  readonly #client: ApiClient
  readonly #api: ApiMap
  readonly #map: StoreMap

  constructor(client: ApiClient, api: ApiMap, map: StoreMap) {
    this.#client = client
    this.#api = api
    this.#map = map
  }

  /** Properties that the first items have, and those that the map names: an API leaves out what is empty. */
  async tables(): Promise<readonly ItemTable[]> {
    const tables: ItemTable[] = []
    for (const [name, resource] of Object.entries(this.#api.resources)) {
      const columns = new Map<string, ItemColumn>()
      const add = (property: string, value: Json | undefined) => {
        const known = columns.get(property)
        if (known === undefined || isList(value)) columns.set(property, columnOf(property, value, resource))
      }
      add(resource.key, undefined)
      for (const { column } of this.#map.tables.find(({ table }) => table === name)?.fields ?? [])
        add(column.column, undefined)
      const { items } = await this.#page(resource, resource.list)
      for (const item of items) for (const [property, value] of Object.entries(item)) add(property, value)
      tables.push({ name, key: [resource.key], columns: [...columns.values()], estimatedRows: items.length })
    }
    return tables
  }

  async *items(table: string, { where }: Ask): AsyncGenerator<Item> {
    const resource = this.#resource(table)
    const find = where === undefined ? undefined : resource.find?.[where.column]
    if (where === undefined || find === undefined) {
      for await (const item of this.#all(resource, resource.list)) yield itemOf(resource, item)
      return
    }
    const seen = new Set<string>()
    for (const value of where.values) {
      for await (const object of this.#all(resource, filled(find, { value }))) {
        const item = itemOf(resource, object)
        if (!seen.has(item.key[0] ?? '')) yield item
        seen.add(item.key[0] ?? '')
      }
    }
  }

  async item(table: string, key: readonly string[]): Promise<Item | undefined> {
    const resource = this.#resource(table)
    const object = await this.#object(resource, key[0] ?? '')
    return object && itemOf(resource, object)
  }

  async change(table: string, item: Item, cells: Readonly<Record<string, Cell>>): Promise<boolean> {
    const resource = this.#resource(table)
    if (resource.change === undefined)
      throw new SourceFailure('refused', `resource ${table} has no request that changes an item`)
    const object = await this.#object(resource, item.key[0] ?? '')
    if (object === undefined) return false
    const now = itemOf(resource, object)
    const names = Object.keys(cells)
    if (names.some((name) => JSON.stringify(now.cells[name] ?? null) !== JSON.stringify(item.cells[name] ?? null)))
      return false
    const target = filled(resource.change.at, { key: item.key[0] ?? '' })
    const changes = Object.fromEntries(
      names.map((name) => [name, jsonOf(cells[name] ?? null, item.cells[name] ?? null)]),
    )
    if (resource.change.by === 'patch')
      return this.#found(await this.#client.ask('PATCH', target, changes, 'application/merge-patch+json'))
    return this.#found(await this.#client.ask('PUT', target, { ...object, ...changes }))
  }

  async remove(table: string, key: readonly string[]): Promise<boolean> {
    const resource = this.#resource(table)
    if (resource.remove === undefined)
      throw new SourceFailure('refused', `resource ${table} has no request that removes an item`)
    return this.#found(await this.#client.ask('DELETE', filled(resource.remove, { key: key[0] ?? '' })))
  }

  async *stored(): AsyncGenerator<StoredCell | UnreadCell> {
    for (const [table, resource] of Object.entries(this.#api.resources)) {
      for await (const object of this.#all(resource, resource.list)) {
        const key = [String(object[resource.key] ?? '')]
        for (const [column, value] of Object.entries(object)) {
          const text = typeof value === 'string' ? value : JSON.stringify(value)
          if (value !== null) yield { table, key, column, type: 'text', bytes: Buffer.from(text) }
        }
      }
    }
  }

  async close(): Promise<void> {}

  async #object(resource: ApiResource, key: string): Promise<JsonObject | undefined> {
    if (resource.read !== undefined) {
      const { status, body } = await this.#client.ask('GET', filled(resource.read, { key }))
      return status < 400 && isObject(body) ? body : undefined
    }
    for await (const object of this.#all(resource, resource.list))
      if (String(object[resource.key] ?? '') === key) return object
    return undefined
  }

  #resource(table: string): ApiResource {
    const resource = this.#api.resources[table]
    if (resource === undefined) throw new SourceFailure('drift', `the api has no resource ${table}`)
    return resource
  }

  #found({ status }: Answer): boolean {
    return status < 300
  }

  async *#all(resource: ApiResource, target: string): AsyncGenerator<JsonObject> {
    let next: string | undefined = target
    for (let page = 0; next !== undefined; page++) {
      if (page === mostPages) throw new SourceFailure('drift', 'a list has no end')
      const read = await this.#page(resource, next, page)
      yield* read.items
      next = read.next === next ? undefined : read.next
    }
  }

  async #page(
    resource: ApiResource,
    target: string,
    page = 0,
  ): Promise<{ items: readonly JsonObject[]; next: string | undefined }> {
    const rule = resource.page
    const size = typeof rule === 'object' ? (rule.size ?? {}) : {}
    const first = typeof rule === 'object' && 'number' in rule ? { [rule.number]: rule.first ?? 1 } : {}
    const asked = page === 0 ? withQuery(target, { ...size, ...first }) : target
    const { status, headers, body } = await this.#client.ask('GET', asked)
    if (status >= 400) return { items: [], next: undefined }
    const items = at(body as Json, resource.items ?? '$').filter(isObject)
    return { items, next: nextOf(rule, asked, items.length, headers, body as Json) }
  }
}

function nextOf(
  rule: ApiResource['page'],
  asked: string,
  items: number,
  headers: Headers,
  body: Json,
): string | undefined {
  if (rule === undefined) return undefined
  if (rule === 'link') return /<([^>]+)>\s*;[^,]*rel="?next"?/.exec(headers.get('link') ?? '')?.[1]
  if ('cursor' in rule) {
    const [cursor] = at(body, rule.from)
    return cursor === undefined || cursor === null || cursor === ''
      ? undefined
      : withQuery(asked, { [rule.cursor]: String(cursor) })
  }
  if (items === 0) return undefined
  const number = Number(new URL(asked, 'http://localhost').searchParams.get(rule.number))
  return withQuery(asked, { [rule.number]: number + 1 })
}

function withQuery(target: string, values: Readonly<Record<string, string | number>>): string {
  const [path = '', query = ''] = target.split('?', 2)
  const parameters = new URLSearchParams(query)
  for (const [name, value] of Object.entries(values)) parameters.set(name, String(value))
  const text = parameters.toString()
  return text === '' ? path : `${path}?${text}`
}

/** `{key}` and `{value}` of a path, percent-encoded: no value leads to another path. */
function filled(path: string, values: Readonly<Record<string, string>>): string {
  return path.replace(/\{(key|value)\}/g, (_whole, name: string) => encodeURIComponent(values[name] ?? ''))
}

function at(value: Json | undefined, path: string): readonly Json[] {
  let here: readonly Json[] = value === undefined ? [] : [value]
  for (const step of pathSteps(path) ?? []) {
    here = here.flatMap((one): readonly Json[] => {
      if (Array.isArray(one)) return step === '*' ? one : [one[Number(step)] as Json]
      if (!isObject(one)) return []
      return step === '*' ? Object.values(one) : step in one ? [one[step] as Json] : []
    })
  }
  return here.length === 1 && Array.isArray(here[0]) ? here[0] : here
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isList = (value: Json | undefined): boolean =>
  Array.isArray(value) && value.every((one) => typeof one !== 'object')

function columnOf(name: string, value: Json | undefined, resource: ApiResource): ItemColumn {
  const type = isList(value) ? 'list' : typeof value === 'object' && value !== null ? 'json' : 'text'
  return itemColumn(name, type, { generated: name === resource.key, ...(type === 'list' ? { many: true } : {}) })
}

function itemOf(resource: ApiResource, object: JsonObject): Item {
  const cells = Object.entries(object).map(([name, value]): [string, Cell] => {
    if (value === null) return [name, null]
    if (isList(value)) return [name, (value as readonly Json[]).map(String)]
    return [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]
  })
  return { key: [String(object[resource.key] ?? '')], cells: Object.fromEntries(cells) }
}

/** A cell as JSON again: what was an object stays one. */
function jsonOf(cell: Cell, before: Cell): Json {
  if (cell === null || Array.isArray(cell)) return cell as Json
  const text = typeof cell === 'string' ? cell : Buffer.from(cell as Uint8Array).toString('utf8')
  if (typeof before !== 'string' || !/^[[{]/.test(before)) return text
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}
