import type { ComponentChildren, CSSProperties, VNode } from 'preact'
import { useRef } from 'preact/hooks'
import { useHands } from '../../desk/use-desk.ts'
import { Icon } from '../../look/icon.tsx'
import { useModal } from './use-modal.ts'

type DialogProps = {
  readonly title: string
  readonly children: ComponentChildren
  readonly class?: string
  readonly style?: CSSProperties
  /** The name of an act that is about to happen, below. */
  readonly foot?: ComponentChildren
}

/** A native dialog: focus stays inside, Esc closes, and it goes back to where it came from. */
export function Dialog({ title, children, foot, class: extra, style = {} }: DialogProps): VNode {
  const { desk } = useHands()
  const dialog = useRef<HTMLDialogElement>(null)
  useModal(dialog)
  return (
    <dialog
      ref={dialog}
      class={`dialog${extra ? ` ${extra}` : ''}`}
      style={style}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault()
        desk.open(undefined)
      }}
      onClick={(event) => event.target === dialog.current && desk.open(undefined)}
    >
      <div class="dialog-inner">
        <header class="dialog-head">
          <h2>{title}</h2>
          <button
            type="button"
            class="tool"
            aria-label={desk.say('close')}
            onClick={() => desk.open(undefined)}
          >
            <Icon name="x" />
          </button>
        </header>
        <div class="dialog-body">{children}</div>
        {foot && <footer class="dialog-foot">{foot}</footer>}
      </div>
    </dialog>
  )
}
