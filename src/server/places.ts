import { basename } from 'node:path'
import type { Fault, Place } from '../language/fault.ts'
import { faultJson } from '../language/fault-text.ts'

/** A place by the name of its file: the folders of the server are nobody's business. */
export function placeTold({ file, ...where }: Place): Place {
  return file === undefined ? where : { ...where, file: basename(file) }
}

/** A fault as routes tell it. */
export function faultTold(fault: Fault): ReturnType<typeof faultJson> {
  return { ...faultJson(fault), where: placeTold(fault.where) }
}
