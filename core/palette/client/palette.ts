import { Palette } from './parts/palette.ts'

/** Ctrl K or ⌘K, and the glass in the rail: to any place, person or post. */
const palette = new Palette()
const glass = '.rail a[href="/search"], .palette-open'

addEventListener('keydown', (event) => {
  const isCommand = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey
  if (!isCommand || event.code !== 'KeyK' || event.defaultPrevented || event.isComposing) return
  /* Pages that are applications have keys of their own. */
  if (document.querySelector('[data-own-keys]')) return
  event.preventDefault()
  palette.toggle()
})

for (const link of document.querySelectorAll<HTMLAnchorElement>(glass)) {
  link.setAttribute('aria-haspopup', 'dialog')
  link.addEventListener('click', (event) => {
    const isPlain = !event.metaKey && !event.ctrlKey && !event.shiftKey && event.button === 0
    if (!isPlain) return
    event.preventDefault()
    palette.open(link.href)
  })
}
