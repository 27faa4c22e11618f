import type { Connector } from '../connector.ts'
import { folder } from './files/folder.ts'
import { http } from './http/api.ts'
import { ldap } from './ldap/ldap.ts'
import { imap } from './mail/imap.ts'
import { maildir } from './mail/maildir.ts'
import { postgres } from './postgres/index.ts'

/** Every kind of data system Kept can work on; the first that accepts a connection string opens it. */
export const connectors: readonly Connector[] = [postgres, maildir, imap, ldap, http, folder]
