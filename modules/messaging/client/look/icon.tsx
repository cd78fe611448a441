import type { VNode } from 'preact'

type IconProps = {
  /** One of those the page brings with it; see the view. */
  readonly name: string
  readonly size?: 14 | 16 | 18 | 20 | 22 | 24
  readonly class?: string
}

/** An icon from the set that the page was sent with. */
export function Icon({ name, size = 20, class: extra }: IconProps): VNode {
  return (
    <svg
      class={`icon icon-${size}${extra ? ` ${extra}` : ''}`}
      viewBox="0 0 24 24"
      aria-hidden="true"
    >
      <use href={`#chat-icon-${name}`} />
    </svg>
  )
}
