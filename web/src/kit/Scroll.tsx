/** A part of a page that scrolls by itself: reached by Tab while there is more than is seen, so that arrows move it. */
import { type ReactNode, useEffect, useRef, useState } from 'react'

interface ScrollProps {
  /** What is in it, for who can't see it. */
  label: string
  className?: string | undefined
  children: ReactNode
}

export function Scroll({ label, className, children }: ScrollProps) {
  const outer = useRef<HTMLDivElement>(null)
  const inner = useRef<HTMLDivElement>(null)
  const [more, setMore] = useState(false)
  useEffect(() => {
    const box = outer.current
    if (box === null || inner.current === null) return undefined
    const seen = new ResizeObserver(() => setMore(box.scrollHeight > box.clientHeight || box.scrollWidth > box.clientWidth))
    seen.observe(box)
    seen.observe(inner.current)
    return () => seen.disconnect()
  }, [])
  return <div ref={outer} className={className} {...(more && { tabIndex: 0, role: 'group', 'aria-label': label })}><div ref={inner}>{children}</div></div>
}
