import type { ComponentChildren, VNode } from 'preact'

export type CardProps = {
  readonly title?: string | undefined
  /** One sentence under the title. */
  readonly text?: string | undefined
  /** Stands at the end of the title's line, for example a button. */
  readonly action?: ComponentChildren
  readonly id?: string | undefined
  readonly class?: string | undefined
  readonly children?: ComponentChildren
}

/** A raised surface; with a title it is a section of the page. */
export function Card({ title, text, action, id, class: extra, children }: CardProps): VNode {
  const look = extra === undefined ? 'card' : `card ${extra}`
  if (title === undefined) {
    return (
      <div class={look} id={id}>
        {children}
      </div>
    )
  }
  return (
    <section class={look} id={id}>
      <header class="card-head">
        <div>
          <h2>{title}</h2>
          {text !== undefined && <p>{text}</p>}
        </div>
        {action}
      </header>
      {children}
    </section>
  )
}
