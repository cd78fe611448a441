import { showAppBadge } from '../../../client/app-badge.ts'

const BELLS = 'a[href="/notifications"]'
const MAX_SHOWN = 99

/** The number on every bell of the page; the icon of the installed app counts it too. */
export class Badge {
  #count = 0

  constructor(root: ParentNode) {
    const shown = root.querySelector(`${BELLS} .badge`)?.textContent ?? '0'
    this.#count = Number.parseInt(shown, 10) || 0
  }

  get count(): number {
    return this.#count
  }

  /** Says the number itself, never a difference: hearing it twice does no harm. */
  show(count: number, root: ParentNode): void {
    this.#count = count
    for (const bell of root.querySelectorAll(BELLS)) this.#showOn(bell)
    showAppBadge('bell', count)
  }

  #showOn(bell: Element): void {
    const old = bell.querySelector('.badge')
    if (this.#count === 0) {
      old?.remove()
      return
    }
    const badge = old ?? document.createElement('span')
    badge.className = 'badge'
    badge.textContent = this.#count > MAX_SHOWN ? `${MAX_SHOWN}+` : String(this.#count)
    if (old === null) bell.querySelector('.icon')?.after(badge)
  }
}
