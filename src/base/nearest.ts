/** How many letters must be inserted, deleted, changed or swapped with a neighbour (Damerau 1964, optimal string alignment). */
export const editDistance = (left: string, right: string): number => {
  let before: number[] = []
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let i = 1; i <= left.length; i++) {
    const row = [i]
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1]
      let best = Math.min((row[j - 1] ?? 0) + 1, (previous[j] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1)
      row.push(best)
    }
    before = previous
    previous = row
  }
  return previous[right.length] ?? 0
}

// A longer word is not worth a guess, and the comparison costs the product of the lengths.
const longestWord = 80

/**
 * The word that was most likely meant: fewest changes, letter case aside; undefined when none is near
 * (more than a third of its letters would change).
 */
export const nearestWord = (word: string, words: Iterable<string>): string | undefined => {
  if (word.length > longestWord) return undefined
  const sought = word.toLowerCase()
  let nearest: string | undefined
  let least = Number.POSITIVE_INFINITY
  for (const candidate of words) {
    if (candidate.length > longestWord) continue
    const allowed = Math.max(1, Math.floor(Math.max(candidate.length, word.length) / 3))
    if (Math.abs(candidate.length - word.length) > allowed) continue
    const distance = editDistance(sought, candidate.toLowerCase())
    if (distance <= allowed && distance < least) {
      least = distance
      nearest = candidate
    }
  }
  return nearest
}
