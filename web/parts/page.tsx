import { type ReactNode, useEffect } from 'react'

/** A page: one heading, what can be done with it, and its contents. The browser's title follows the heading. */
export function Page({
  title,
  lead,
  acts,
  children,
}: {
  readonly title: string
  readonly lead?: ReactNode
  readonly acts?: ReactNode
  readonly children: ReactNode
}) {
  useEffect(() => {
    document.title = `${title} · Kept`
  }, [title])
  return (
    <>
      <div className="head">
        <div>
          <h1>{title}</h1>
          {lead && <p className="lead">{lead}</p>}
        </div>
        {acts && <div className="acts">{acts}</div>}
      </div>
      {children}
    </>
  )
}
