import type { Told } from './protocol/frames.ts'

const NEWS = 'quark:notifications'

/** Whoever holds a socket on a page passes on what it hears to the bell of the shell. */
export function tellShell(events: readonly Told[]): void {
  if (!events.some(({ k }) => k.startsWith('notification'))) return
  document.dispatchEvent(new CustomEvent(NEWS))
}

/** Something may have happened to the person's notifications. @returns what ends the listening. */
export function onShellNews(hear: () => void): () => void {
  document.addEventListener(NEWS, hear)
  return () => document.removeEventListener(NEWS, hear)
}
