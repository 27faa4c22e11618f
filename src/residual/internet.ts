/** An IPv6 address (RFC 4291) in one spelling, and texts that every other spelling contains; undefined when it is none. */
export function sixthVersion(text: string): { canonical: string; anchors: string[] } | undefined {
  let source = text
    .toLowerCase()
    .replace(/\/\d+$/, '')
    .replace(/%.*$/, '')
  const tail = /(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(source)
  if (tail !== null) {
    const [a, b, c, d] = tail.slice(1).map(Number) as [number, number, number, number]
    if ([a, b, c, d].some((part) => part > 255)) return undefined
    source = `${source.slice(0, tail.index)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
  }
  const halves = source.split('::')
  if (halves.length > 2) return undefined
  const groups = (half: string | undefined) => (half === undefined || half === '' ? [] : half.split(':'))
  const left = groups(halves[0])
  const right = groups(halves[1])
  const missing = 8 - left.length - right.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  const all = [...left, ...Array.from({ length: Math.max(0, missing) }, () => '0'), ...right]
  if (!all.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return undefined
  const short = all.map((group) => Number.parseInt(group, 16).toString(16))
  const longest = short.reduce((best, group) => (group.length >= best.length ? group : best), '0')
  return { canonical: short.join(':'), anchors: [longest] }
}
