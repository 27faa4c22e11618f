import type { Path } from '../commitments/commitment-kind.ts'
import type { Place } from '../language/fault.ts'
import type { StoreMap } from '../language/store-map.ts'
import type { Located } from './located.ts'
import { pathText } from './place.ts'

// Beside the maps and not in them: a map is plain data that is hashed, sealed and passed to threads.
const read = new WeakMap<StoreMap, Located>()

export const rememberPlaces = (map: StoreMap, located: Located): void => {
  read.set(map, located)
}

/** Where a part of a store map stands in its file; file and path only for a map that was not read from one. */
export const mapPlace = (map: StoreMap, path: Path, at: 'key' | 'value' = 'value'): Place =>
  read.get(map)?.place(path, at) ?? { ...(map.file === undefined ? {} : { file: map.file }), path: pathText(path) }
