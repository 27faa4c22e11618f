import { CHUNK_PEOPLE, type Engine } from './engine.ts'

/** Below this many people a transaction more costs as much as it lets overlap. */
const LEAST_PEOPLE = 50

/** People a transaction: a quarter of all, so that one chunk is recorded while the next is erased; 50 to 500. */
export function chunkPeople(engine: Engine, people: number): number {
  return engine.chunkPeople ?? Math.min(CHUNK_PEOPLE, Math.max(LEAST_PEOPLE, Math.ceil(people / 4)))
}

export function chunksOf<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size))
}
