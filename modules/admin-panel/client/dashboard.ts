import { followPointer } from './parts/crosshair.ts'

/** Longer than a glance, shorter than patience. */
const PAUSE_MS = 15_000

/** The parts of the page that show numbers are taken from a fresh copy of it, while it is looked at. */
async function refresh(): Promise<void> {
  if (document.hidden) return
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
  if (!answer.ok || answer.redirected) throw new Error('The numbers could not be had')
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
  for (const shown of document.querySelectorAll('[data-live]')) {
    const made = fresh.querySelector(`[data-live="${shown.getAttribute('data-live') ?? ''}"]`)
    const isInUse =
      shown.contains(document.activeElement) || shown.querySelector('details[open], :popover-open')
    if (!made || isInUse || made.outerHTML === shown.outerHTML) continue
    shown.replaceWith(document.adoptNode(made))
  }
  followPointer()
}

/** Says whether the numbers are those of this moment; a page that nobody looks at claims nothing. */
function tell(isFresh: boolean): void {
  const sign = document.querySelector<HTMLElement>('.board-fresh')
  if (!sign || document.hidden) return
  sign.dataset['fresh'] ??= sign.textContent
  const words = isFresh ? sign.dataset['fresh'] : sign.dataset['stale']
  sign.classList.toggle('is-stale', !isFresh)
  if (words !== undefined && words !== sign.textContent) sign.textContent = words
}

function turn(): void {
  /* No connection: the numbers that are there stay, and the next turn asks again. */
  refresh().then(
    () => tell(true),
    () => tell(false),
  )
}

followPointer()
setInterval(turn, PAUSE_MS)
document.addEventListener('visibilitychange', turn)
