import type { Connector } from '../connector.ts'

/** A connector whose code is loaded when a store of its kind is opened: commands that open none start without it. */
function later(kind: string, scheme: RegExp, load: () => Promise<Connector['open']>): Connector {
  return {
    kind,
    accepts: (connection) => scheme.test(connection),
    open: async (...given) => await (await load())(...given),
  }
}

/** Every kind of data system Kept can work on; the first that accepts a connection string opens it. */
export const connectors: readonly Connector[] = [
  {
    ...later(
      'postgres',
      /^(postgres(ql)?:\/\/|pglite:)/,
      async () => (await import('./postgres/index.ts')).openPostgres,
    ),
    guardWrites: async (...given) => await (await import('./postgres/index.ts')).guardWrites(...given),
  },
  later('mysql', /^(mariadb|mysql):\/\//, async () => (await import('./mysql/index.ts')).openMysql),
  later('sqlite', /^sqlite:/, async () => (await import('./sqlite/index.ts')).openSqlite),
  later('maildir', /^maildir:\//, async () => (await import('./mail/maildir.ts')).maildir),
  later('imap', /^imaps?:\/\//, async () => (await import('./mail/imap.ts')).imap),
  later('ldap', /^ldaps?:\/\//, async () => (await import('./ldap/ldap.ts')).ldap),
  later('http', /^https?:\/\//, async () => (await import('./http/api.ts')).http),
  later('human', /^human:$/, async () => (await import('./human/by-hand.ts')).byHand),
  later('files', /^files:\//, async () => (await import('./files/folder.ts')).folder),
]
