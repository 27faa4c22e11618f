import { durationDays } from '../../base/duration.ts'
import type { Deadline, Law, RequestRight } from '../../language/laws.ts'

/** The shortest term that the laws set for a right, and the law that sets it; undefined where none does. */
export const shortestDeadline = (
  right: RequestRight,
  laws: ReadonlyMap<string, Law>,
): { readonly law: string; readonly deadline: Deadline } | undefined => {
  let shortest: { law: string; deadline: Deadline } | undefined
  for (const [law, { deadlines }] of laws) {
    const deadline = deadlines[right]
    if (!deadline) continue
    if (!shortest || durationDays(deadline.within).most < durationDays(shortest.deadline.within).most)
      shortest = { law, deadline }
  }
  return shortest
}
