import type { RefObject } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

interface RowSwipeParts {
  /** Swiped all the way to the left. */
  archive(): void
  /** Swiped to the right. */
  read(): void
}

/** Two actions of this width stand behind a row. */
const ACTIONS_PX = 156
const FULL_SHARE = 0.65
const READ_PX = 72
const STILL_PX = 10
const SLOPE = 1.5

/**
 * What a finger does on a row of the list: to the left it uncovers two actions or, all the way,
 * archives; to the right it marks as read.
 */
export function useRowSwipe(row: RefObject<HTMLElement | null>, parts: RowSwipeParts): void {
  const latest = useRef(parts)
  latest.current = parts
  /* Once: what is drawn anew under a finger goes on with it. */
  useEffect(() => {
    const element = row.current
    if (!element) return
    const swipe = new RowSwipe(element, {
      archive: () => latest.current.archive(),
      read: () => latest.current.read(),
    })
    return () => swipe.stop()
  }, [])
}

class RowSwipe {
  readonly #element: HTMLElement
  readonly #parts: RowSwipeParts
  readonly #ends = new AbortController()
  #start: { readonly x: number; readonly y: number; readonly from: number } | undefined
  #isMoving = false

  constructor(element: HTMLElement, parts: RowSwipeParts) {
    this.#element = element
    this.#parts = parts
    const { signal } = this.#ends
    element.addEventListener('touchstart', (event) => this.#began(event), { passive: true, signal })
    element.addEventListener('touchmove', (event) => this.#moved(event), { passive: true, signal })
    element.addEventListener('touchend', () => this.#ended(), { signal })
    element.addEventListener('touchcancel', () => this.#move(0), { signal })
    element.addEventListener('click', (event) => this.#used(event), { signal })
  }

  stop(): void {
    this.#ends.abort()
  }

  get #shift(): number {
    return Number(this.#element.dataset['shift'] ?? 0)
  }

  #move(shift: number): void {
    this.#element.dataset['shift'] = String(shift)
    this.#element.style.setProperty('--shift', `${shift}px`)
  }

  /** Covers the actions again once one of them was chosen. */
  #used({ target }: Event): void {
    if (target instanceof Element && target.closest('.row-actions')) this.#move(0)
  }

  #began({ touches }: TouchEvent): void {
    const [touch] = touches
    this.#isMoving = false
    if (touch && touches.length === 1) {
      this.#start = { x: touch.clientX, y: touch.clientY, from: this.#shift }
    }
  }

  #moved({ touches }: TouchEvent): void {
    const [touch] = touches
    const start = this.#start
    if (!touch || !start) return
    const [dx, dy] = [touch.clientX - start.x, touch.clientY - start.y]
    const isAcross = Math.abs(dx) > STILL_PX && Math.abs(dx) > SLOPE * Math.abs(dy)
    this.#isMoving ||= isAcross
    if (this.#isMoving) this.#move(Math.min(READ_PX + 20, start.from + dx))
  }

  #ended(): void {
    const shift = this.#shift
    this.#start = undefined
    if (!this.#isMoving) return
    if (-shift > this.#element.offsetWidth * FULL_SHARE) {
      this.#move(0)
      this.#parts.archive()
    } else if (shift >= READ_PX) {
      this.#move(0)
      this.#parts.read()
    } else this.#move(-shift > ACTIONS_PX / 2 ? -ACTIONS_PX : 0)
  }
}
