import { carryOutAlteration } from './alter/carry-out.ts'
import { carryOut } from './carry-out.ts'
import { type Case, requestOf } from './case.ts'
import type { Engine } from './engine.ts'

/**
 * Carries out an approved request that changes data, whatever its kind: erasure, correction, objection, withdrawal; restriction
 * and portability are handed to people. The copy of an access is written by `exportPerson`: somebody has to say where.
 */
export async function fulfil(engine: Engine, id: string): Promise<Case> {
  const { kind } = await requestOf(engine, id)
  return kind === 'erasure' ? ((await carryOut(engine, [id]))[0] as Case) : carryOutAlteration(engine, id)
}
