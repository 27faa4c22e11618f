import type { Connector } from '../../connector.ts'
import { RelationalStore } from '../relational/store.ts'
import { SqliteDatabase } from './database.ts'

/** A file of SQLite 3: `sqlite:/var/lib/app/data.db`. */
export const openSqlite: Connector['open'] = async (map, exceptions, connections, kinds) => {
  const read = new SqliteDatabase(connections.read)
  const execute = connections.execute === undefined ? undefined : new SqliteDatabase(connections.execute)
  return new RelationalStore(map, exceptions, kinds, read, execute)
}
