import type { VNode } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { ComponentChildren } from 'preact'
import { useHands } from '../../desk/use-desk.ts'
import { Icon } from '../../look/icon.tsx'

export interface MenuItem {
  readonly icon: string
  readonly label: string
  readonly isBad?: boolean
  run(): void
}

type MenuProps = {
  readonly items: readonly (MenuItem | undefined)[]
  readonly x: number
  readonly y: number
  readonly label: string
  /** Above the items: reactions. */
  readonly top?: ComponentChildren
  /** On a phone what the menu is about stays in sight: the key of a message. */
  readonly about?: string
}

const EDGE_PX = 8
export const MENU_PX = 276

/** A menu at the pointer, by the keyboard, or on a phone over a blurred page. */
export function Menu({ items, x, y, label, top, about }: MenuProps): VNode {
  const { desk } = useHands()
  const root = useRef<HTMLDivElement>(null)
  const shown = items.filter((item) => item !== undefined)
  useLayoutEffect(() => {
    if (!isPhone() || about === undefined || !holdUp(root.current, about)) place(root.current, x, y)
    return keepWithin(root.current)
  }, [x, y, shown.length])
  useEffect(() => {
    const before = document.activeElement
    root.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus({ preventScroll: true })
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [])
  return (
    <div
      ref={root}
      class="ctx-over"
      onPointerDown={(event) => event.target === root.current && desk.open(undefined)}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={key}
    >
      <div class="ctx">
        {top}
        <div class="ctx-held" aria-hidden="true" />
        <div class="ctx-items" role="menu" aria-label={label}>
          {shown.map((item, index) => (
            <button
              key={item.label}
              type="button"
              role="menuitem"
              tabIndex={index === 0 ? 0 : -1}
              class={item.isBad ? 'pop-item pop-bad' : 'pop-item'}
              onClick={() => {
                desk.open(undefined)
                item.run()
              }}
            >
              <Icon name={item.icon} />
              {item.label}
            </button>
          ))}
        </div>
      </div>
    </div>
  )

  function key(event: KeyboardEvent): void {
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault()
      event.stopPropagation()
      desk.open(undefined)
    } else if (walk(root.current, event.key)) event.preventDefault()
  }
}

function isPhone(): boolean {
  return matchMedia('(width < 760px)').matches
}

/** A picture of the message between reactions and menu: where it was, or moved just enough to fit. */
function holdUp(root: HTMLElement | null, about: string): boolean {
  const bubble = document.querySelector(`.talk[data-key="${CSS.escape(about)}"] > .bubble`)
  const box = root?.querySelector<HTMLElement>('.ctx')
  const held = root?.querySelector<HTMLElement>('.ctx-held')
  if (!bubble || !box || !held) return false
  const { top, left, right, width } = bubble.getBoundingClientRect()
  const talk = bubble.parentElement?.cloneNode(false)
  if (!(talk instanceof HTMLElement)) return false
  talk.removeAttribute('data-key')
  talk.append(bubble.cloneNode(true))
  held.replaceChildren(talk)
  held.style.inlineSize = `${width}px`
  const isOwn = talk.classList.contains('talk-own')
  box.style.inlineSize = `${Math.max(width, MENU_PX)}px`
  box.style.insetInlineStart = isOwn ? 'auto' : `${Math.max(EDGE_PX, left)}px`
  box.style.insetInlineEnd = isOwn ? `${Math.max(EDGE_PX, innerWidth - right)}px` : 'auto'
  box.classList.toggle('ctx-own', isOwn)
  const above = top - held.offsetTop
  const lowest = innerHeight - box.offsetHeight - EDGE_PX
  box.style.insetBlockStart = `${Math.max(EDGE_PX, Math.min(above, lowest))}px`
  return true
}

/** At the pointer, but wholly within the window. */
function place(root: HTMLElement | null, x: number, y: number): void {
  const box = root?.querySelector<HTMLElement>('.ctx')
  if (!box) return
  const { offsetWidth: width, offsetHeight: height } = box
  const left = Math.min(Math.max(EDGE_PX, x), innerWidth - width - EDGE_PX)
  const above = Math.min(Math.max(EDGE_PX, y), innerHeight - height - EDGE_PX)
  box.style.insetInlineStart = `${Math.max(EDGE_PX, left)}px`
  box.style.insetBlockStart = `${Math.max(EDGE_PX, above)}px`
}

/** What grows when it is opened up, as the emoji do, moves up as far as it must. */
function keepWithin(root: HTMLElement | null): (() => void) | undefined {
  const box = root?.querySelector<HTMLElement>('.ctx')
  if (!box) return undefined
  const growing = new ResizeObserver(() => {
    const lowest = innerHeight - box.offsetHeight - EDGE_PX
    if (box.offsetTop > lowest) box.style.insetBlockStart = `${Math.max(EDGE_PX, lowest)}px`
  })
  growing.observe(box)
  return () => growing.disconnect()
}

/** @returns whether the key leads to another item. */
function walk(root: HTMLElement | null, key: string): boolean {
  const step = { ArrowDown: 1, ArrowUp: -1 }[key]
  if (step === undefined) return false
  const all = [...(root?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])]
  const at = all.findIndex((item) => item === document.activeElement)
  all[(at + step + all.length) % all.length]?.focus()
  return true
}
