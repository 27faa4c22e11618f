import type { Connector } from '../connector.ts'
import { postgres } from './postgres/index.ts'

/** Every kind of data system Kept can work on; the first that accepts a connection string opens it. */
export const connectors: readonly Connector[] = [postgres]
