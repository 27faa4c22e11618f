import { type ReactNode, useEffect, useRef } from 'react'

/** What may be wider than the screen: it scrolls by itself, and the keyboard can reach it exactly when it does. */
export function Scroll({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const place = useRef<HTMLElement>(null)
  useEffect(() => {
    const element = place.current
    if (element === null) return
    const watch = new ResizeObserver(() => {
      if (element.scrollWidth > element.clientWidth) element.tabIndex = 0
      else element.removeAttribute('tabindex')
    })
    watch.observe(element)
    return () => watch.disconnect()
  }, [])
  return (
    <section className="scroll" aria-label={label} ref={place}>
      {children}
    </section>
  )
}
