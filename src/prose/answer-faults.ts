import { Fault } from '../language/fault.ts'
import { locate } from '../policy/located.ts'
import { readPolicyBytes } from '../policy/policy.ts'
import { draftYaml } from './draft-yaml.ts'
import type { Imported } from './imported.ts'
import type { Answer } from './review.ts'

/**
 * Answers that the policy file does not take where they stand, each at its place in the review file, with the words it takes.
 * `review`: the text of that file; none where the answers are not written yet. Faults `prose.answer-unfit`.
 */
export function answerFaults(
  imported: Imported,
  answers: readonly Answer[],
  file: string,
  review = '',
): readonly Fault[] {
  if (answers.length === 0) return []
  const stale = new Set(imported.stale.answers)
  const { faults } = readPolicyBytes(file, Buffer.from(draftYaml(imported)))
  const { located } = locate(file, Buffer.from(review))
  return answers.flatMap((answer, index) => {
    if (stale.has(answer)) return []
    const wrong = faults.filter(
      ({ severity, code, where: { path = '' } }) =>
        severity === 'error' && code !== 'policy.open-question' && isWithin(path, answer.at),
    )
    return wrong.map(
      ({ what, mend }) =>
        new Fault({
          code: 'prose.answer-unfit',
          where: { file, ...located?.place(['answers', index, 'value']), path: answer.at },
          what: `the answer does not fit there: ${what}`,
          mend,
        }),
    )
  })
}

const isWithin = (path: string, place: string): boolean =>
  path === place || (path.startsWith(place) && /^[.[]/u.test(path.slice(place.length)))
