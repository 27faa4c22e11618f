import type { Connector } from '../../connector.ts'
import { RelationalStore } from '../relational/store.ts'
import { MysqlDatabase } from './database.ts'

/** MariaDB 10.6 and later, MySQL 8.0 and later: `mariadb://USER:PASSWORD@HOST:PORT/DATABASE`. */
export const openMysql: Connector['open'] = async (map, exceptions, connections, kinds) => {
  const read = new MysqlDatabase(connections.read)
  const execute =
    connections.execute === undefined
      ? undefined
      : connections.execute === connections.read
        ? read
        : new MysqlDatabase(connections.execute)
  return new RelationalStore(map, exceptions, kinds, read, execute)
}
