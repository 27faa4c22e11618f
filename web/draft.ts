import { useCallback, useState } from 'react'

/**
 * What somebody types, kept in this tab until it is sent: a sign-in that ends in the middle of a form loses nothing.
 * `name` is unique to the form and its subject.
 */
export function useDraft<T>(name: string, initial: T): [T, (value: T) => void, () => void] {
  const key = `kept.draft.${name}`
  const [value, setValue] = useState<T>(() => stored(key) ?? initial)
  const keep = useCallback(
    (next: T) => {
      setValue(next)
      sessionStorage.setItem(key, JSON.stringify(next))
    },
    [key],
  )
  const drop = useCallback(() => {
    setValue(initial)
    sessionStorage.removeItem(key)
  }, [key, initial])
  return [value, keep, drop]
}

function stored<T>(key: string): T | undefined {
  try {
    const text = sessionStorage.getItem(key)
    return text === null ? undefined : (JSON.parse(text) as T)
  } catch {
    return undefined
  }
}
