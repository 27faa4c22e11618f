import type { Capabilities, Connector, Found, Store } from '../../connector.ts'
import type { Exception, StoreMap } from '../../language/store-map.ts'

// What has no program's way in (paper, a partner without an API) is asked of a person, and answered by one.

const NOTHING: Capabilities = {
  transactions: false,
  snapshot: false,
  lockTimeout: false,
  statementTimeout: false,
  killable: false,
  references: false,
  access: false,
  erasure: false,
  correction: false,
  stop: false,
}

/** A store of which a program can do nothing: each part of a request becomes a task of its owner. */
export const byHand: Connector['open'] = async (map, exceptions) => storeByHand(map, exceptions)

function storeByHand(map: StoreMap, exceptions: readonly Exception[]): Store {
  return {
    map,
    exceptions,
    capabilities: NOTHING,
    under: () => storeByHand(map, exceptions),
    describe: async () => ({ version: 'a person', sha256: map.sha256, tables: [] }),
    find: async (subjects) =>
      subjects.map(
        ({ request, identities }): Found => ({
          request,
          persons: [],
          links: {},
          identities: identities.map((one) => ({ ...one, strong: false })),
          mentions: [],
          candidates: [],
        }),
      ),
    preview: async () => ({ store: map.store, tables: [], shared: [], kept: [], obstacles: [] }),
    export: async (_found, _options, use) => use([]),
    erase: async () => [],
    done: async () => [],
    settle: async () => {},
    search: async () => ({ hits: [], cells: 0, bytes: 0, unread: [], notSearched: [] }),
    owners: async () => [],
    clocks: async () => [],
    tenants: async () => [],
    close: async () => {},
  }
}
