import { carryOutAlteration } from './alter/carry-out.ts'
import { carryOut } from './carry-out.ts'
import { type Case, requestOf } from './case.ts'
import type { Engine } from './engine.ts'

/**
 * Carries out an approved request that changes data, whatever its kind: erasure, correction, objection, withdrawal. A copy
 * (access, portability) is written by `exportPerson` instead: somebody has to say where.
 */
export async function fulfil(engine: Engine, id: string): Promise<Case> {
  const { kind } = await requestOf(engine, id)
  return kind === 'erasure' ? ((await carryOut(engine, [id]))[0] as Case) : carryOutAlteration(engine, id)
}
