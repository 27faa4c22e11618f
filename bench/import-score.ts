/** One sentence of the labelled policies. */
export interface Labelled {
  readonly id: string
  readonly quote: string
  readonly kind: string
  readonly enforceable: string
  readonly data: readonly string[]
  readonly purposes: readonly string[]
  readonly recipients: readonly string[]
}

/** What is true, and what was said. */
export type Pair = readonly [string, string]

/** Tokens met, tokens said, tokens true. */
export interface Tally {
  readonly met: number
  readonly said: number
  readonly true: number
}

export function readLabels(lines: string): Labelled[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Labelled)
}

/** Mean of the F1 of each class that truly occurs at least `least` times. */
export function macroF1(pairs: readonly Pair[], least: number): number {
  const classes = [...new Set(pairs.map(([truth]) => truth))].filter(
    (name) => pairs.filter(([truth]) => truth === name).length >= least,
  )
  const scores = classes.map((name) => {
    const met = pairs.filter(([truth, said]) => truth === name && said === name).length
    const wrong = pairs.filter(([truth, said]) => (truth === name) !== (said === name)).length
    return met === 0 ? 0 : (2 * met) / (2 * met + wrong)
  })
  return scores.reduce((sum, score) => sum + score, 0) / scores.length
}

/** Counts the words that two lists of phrases share, each as often as it stands in both. */
export function scoreSlots(): {
  readonly add: (truth: readonly string[], said: readonly string[]) => void
  readonly tally: Tally
} {
  const tally = { met: 0, said: 0, true: 0 }
  return {
    tally,
    add: (truth, said) => {
      const left = new Map<string, number>()
      const tokens = (phrases: readonly string[]): string[] =>
        phrases
          .join(' ')
          .toLowerCase()
          .match(/[\p{L}\p{N}']+/gu) ?? []
      for (const token of tokens(truth)) left.set(token, (left.get(token) ?? 0) + 1)
      tally.true += tokens(truth).length
      for (const token of tokens(said)) {
        tally.said += 1
        const count = left.get(token) ?? 0
        if (count > 0) tally.met += 1
        left.set(token, count - 1)
      }
    },
  }
}

export function slotScore(tally: Tally): number {
  return (2 * tally.met) / (tally.said + tally.true)
}
