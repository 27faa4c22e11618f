import type { JsonValue } from '../base/canonical-json.ts'
import { isOpen } from '../commitments/statement.ts'
import { openValues } from './open-questions.ts'
import type { Answer } from './review.ts'

type Policy = { readonly [key: string]: JsonValue }

/** The draft with the answers on record in place of its questions; answers that no question asks for any more are told. */
export function applyAnswers(
  draft: Policy,
  answers: readonly Answer[],
): { readonly draft: Policy; readonly stale: readonly Answer[] } {
  if (answers.length === 0) return { draft, stale: [] }
  const open = new Map(openValues(draft).map(({ place, path }) => [place, path]))
  const answered = new Map(
    answers.flatMap((answer) => (open.has(answer.at) && !isOpen(answer.value) ? [[answer.at, answer] as const] : [])),
  )
  const replaced = [...answered].reduce<JsonValue>(
    (policy, [place, answer]) => replace(policy, open.get(place) ?? [], answer.value),
    draft,
  )
  return { draft: replaced as Policy, stale: answers.filter((answer) => !answered.has(answer.at)) }
}

function replace(value: JsonValue, path: readonly (string | number)[], answer: JsonValue): JsonValue {
  const [step, ...rest] = path
  if (step === undefined) return answer
  if (Array.isArray(value)) return value.map((item, index) => (index === step ? replace(item, rest, answer) : item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === step ? replace(inner, rest, answer) : inner]),
  )
}
