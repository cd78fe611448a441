import { followPointer } from './parts/crosshair.ts'

/** Longer than a glance, shorter than patience. */
const PAUSE_MS = 15_000

/** The parts of the page that show numbers are taken from a fresh copy of it, while it is looked at. */
async function refresh(): Promise<void> {
  if (document.hidden) return
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } })
  if (!answer.ok || answer.redirected) return
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
  for (const shown of document.querySelectorAll('[data-live]')) {
    const made = fresh.querySelector(`[data-live="${shown.getAttribute('data-live') ?? ''}"]`)
    const isInUse = shown.contains(document.activeElement) || shown.querySelector('details[open]')
    if (!made || isInUse || made.outerHTML === shown.outerHTML) continue
    shown.replaceWith(document.adoptNode(made))
  }
  followPointer()
}

followPointer()
setInterval(() => {
  refresh().catch(() => {
    /* No connection: the numbers that are there stay, and the next turn asks again. */
  })
}, PAUSE_MS)
