import { Icon, type Speech } from '#core'
import type { VNode } from 'preact'

type HintProps = Pick<Speech, 't'> & {
  /** Of the explanation in the page. */
  readonly id: string
  /** What is explained. */
  readonly about: string
  readonly text: string
}

/** What a number or a chart means, for who asks; it opens without a script. */
export function Hint({ t, id, about, text }: HintProps): VNode {
  return (
    <>
      <button
        type="button"
        class="hint"
        popovertarget={id}
        aria-label={t('admin.board.hint', { about })}
      >
        <Icon name="info" size={16} />
      </button>
      <div id={id} class="hint-text" popover="auto">
        {text}
      </div>
    </>
  )
}
