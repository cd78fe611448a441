import { isCalm } from '#client'

/** Where the reader stands: at the very bottom, or at a message this far below the upper edge. */
export type Standing = 'bottom' | { readonly key: string; readonly offset: number }

export interface WallScrollParts {
  /** What scrolls. */
  readonly scroller: HTMLElement
  /** What is as high as all messages; children with `data-key` are the places to hold on to. */
  readonly content: HTMLElement
  /** The reader has come near an end. */
  nearTop(): void
  nearBottom(): void
  moved(): void
  /** Whether nothing comes after what is drawn: only then new messages push up those who stand there. */
  isWhole(): boolean
}

const NEAR_PX = 900
const BOTTOM_PX = 3

/**
 * Keeps the message the reader looks at where it is, whatever is put above it, loads late or changes
 * its width. The browser's own anchoring is off: it gives up exactly when the list is long.
 */
export class WallScroll {
  readonly #parts: WallScrollParts
  readonly #resizes: ResizeObserver
  #standing: Standing = 'bottom'
  /** The place to stand at has not been drawn yet. */
  #isAwaited = false
  /** While a jump is under way, positions in between mean nothing. */
  #gliding: string | undefined
  #glideTimer: ReturnType<typeof setTimeout> | undefined
  #frame = 0

  constructor(parts: WallScrollParts) {
    this.#parts = parts
    const { scroller, content } = parts
    scroller.addEventListener('scroll', this.#scrolled, { passive: true })
    scroller.addEventListener('wheel', this.#takenOver, { passive: true })
    scroller.addEventListener('touchmove', this.#takenOver, { passive: true })
    this.#resizes = new ResizeObserver(() => this.settle())
    this.#resizes.observe(content)
    this.#resizes.observe(scroller)
  }

  get standing(): Standing {
    return this.#standing
  }

  get isAtBottom(): boolean {
    return this.#standing === 'bottom'
  }

  stop(): void {
    const { scroller } = this.#parts
    this.#resizes.disconnect()
    cancelAnimationFrame(this.#frame)
    clearTimeout(this.#glideTimer)
    scroller.removeEventListener('scroll', this.#scrolled)
    scroller.removeEventListener('wheel', this.#takenOver)
    scroller.removeEventListener('touchmove', this.#takenOver)
  }

  /** Stands there from now on. */
  stand(standing: Standing): void {
    this.#endGlide()
    this.#standing = standing
    this.#isAwaited = standing !== 'bottom'
    this.settle()
  }

  /** Puts the page back to where the reader stands; after every change of what is drawn. */
  settle(): void {
    if (this.#gliding !== undefined) return
    const { scroller } = this.#parts
    const standing = this.#standing
    if (standing === 'bottom') {
      scroller.scrollTop = scroller.scrollHeight
      return
    }
    const element = this.#find(standing.key)
    if (!element && this.#isAwaited) return
    this.#isAwaited = false
    if (!element) return this.#choose()
    const drift = this.#offsetOf(element) - standing.offset
    if (Math.abs(drift) >= 0.5) scroller.scrollTop += drift
  }

  /** Brings a message into the middle. @returns false when it is not on the page. */
  glideTo(key: string): boolean {
    const element = this.#find(key)
    if (!element) return false
    const { scroller } = this.#parts
    const room = scroller.clientHeight - element.offsetHeight
    const offset = Math.max(24, Math.min(room / 2, scroller.clientHeight / 2))
    const way = Math.abs(this.#offsetOf(element) - offset)
    const isNear = way < 2 * scroller.clientHeight
    if (!isNear || isCalm()) {
      this.stand({ key, offset })
      this.#choose()
      return true
    }
    this.#gliding = key
    scroller.scrollBy({ top: this.#offsetOf(element) - offset, behavior: 'smooth' })
    this.#glideLater()
    return true
  }

  /** Down to the newest. */
  glideToBottom(): void {
    const { scroller } = this.#parts
    const way = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight
    if (way > 2 * scroller.clientHeight || isCalm()) return this.stand('bottom')
    this.#gliding = 'bottom'
    scroller.scrollTo({ top: scroller.scrollHeight, behavior: 'smooth' })
    this.#glideLater()
  }

  /** Whether the page stands where it should: before that, nobody has seen anything. */
  get isPlaced(): boolean {
    return !this.#isAwaited
  }

  /** The lowest message that can be seen whole or has been passed. */
  lowestSeen(): string | undefined {
    const { scroller } = this.#parts
    const edge = scroller.getBoundingClientRect().bottom
    const places = this.#places()
    for (let at = places.length - 1; at >= 0; at--) {
      const place = places[at]
      if (!place) continue
      const { top, bottom, height } = place.getBoundingClientRect()
      /* Of one that is higher than the window, half is enough. */
      if (bottom <= edge + 8 || (height > scroller.clientHeight && top < edge - height / 2)) {
        return place.dataset['key']
      }
    }
    return undefined
  }

  readonly #takenOver = (): void => {
    this.#isAwaited = false
    this.#endGlide()
  }

  readonly #scrolled = (): void => {
    cancelAnimationFrame(this.#frame)
    this.#frame = requestAnimationFrame(() => {
      const { scroller } = this.#parts
      if (this.#gliding === undefined) this.#choose()
      else this.#glideLater()
      const below = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight
      if (scroller.scrollTop < NEAR_PX) this.#parts.nearTop()
      if (below < NEAR_PX) this.#parts.nearBottom()
      this.#parts.moved()
    })
  }

  /** A glide has ended when nothing has moved for a while. */
  #glideLater(): void {
    clearTimeout(this.#glideTimer)
    this.#glideTimer = setTimeout(() => {
      this.#endGlide()
      this.#parts.moved()
    }, 160)
  }

  #endGlide(): void {
    clearTimeout(this.#glideTimer)
    if (this.#gliding === undefined) return
    this.#gliding = undefined
    this.#choose()
  }

  /** Holds on to the first message that can be seen, or to the bottom. */
  #choose(): void {
    if (this.#isAwaited) return
    const { scroller } = this.#parts
    const below = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight
    if (below <= BOTTOM_PX && this.#parts.isWhole()) {
      this.#standing = 'bottom'
      return
    }
    const edge = scroller.getBoundingClientRect().top
    const places = this.#places()
    let [low, high] = [0, places.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      const bottom = places[middle]?.getBoundingClientRect().bottom ?? 0
      if (bottom > edge + 1) high = middle
      else low = middle + 1
    }
    const place = places[low]
    const key = place?.dataset['key']
    if (place && key !== undefined) this.#standing = { key, offset: this.#offsetOf(place) }
  }

  #places(): HTMLElement[] {
    return [...this.#parts.content.querySelectorAll<HTMLElement>('[data-key]')]
  }

  #find(key: string): HTMLElement | null {
    return this.#parts.content.querySelector(`[data-key="${CSS.escape(key)}"]`)
  }

  #offsetOf(element: HTMLElement): number {
    const { top } = this.#parts.scroller.getBoundingClientRect()
    return element.getBoundingClientRect().top - top
  }
}
