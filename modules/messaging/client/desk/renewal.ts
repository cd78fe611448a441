import { CLIENT_VERSION } from '#client'
import type { Messenger } from '../station/messenger.ts'

const KEY = 'quark-renewed'
const FIELDS = 'textarea, input:not([type="checkbox"], [type="radio"], [type="hidden"])'
/** An answer or a change that is begun, a voice, chosen messages, anything that lies over the page. */
const BUSY = '.composer-context, .recorder, .selection, dialog[open]'

/** What a page knows of itself; tests bring their own. */
export interface RenewalWorld {
  /** Of this tab: which version has reloaded itself. @throws where the browser keeps nothing. */
  remembered(): string | null
  remember(version: string): void
  /** Whether something is typed, chosen, recorded or open that a reload would take away. */
  isBusy(): boolean
  reload(): void
}

/**
 * The station asks for a newer page: where nothing would be lost the page reloads itself, once for each
 * version, so that it never turns in a circle. Everywhere else a line says so, with a button.
 */
export function renewWhenOutdated(
  messenger: Pick<Messenger, 'link' | 'watch' | 'outbox'>,
  world: RenewalWorld = browserRenewal,
): void {
  const end = messenger.watch(() => {
    if (messenger.link !== 'outdated') return
    end()
    if (messenger.outbox.size > 0 || world.isBusy()) return
    try {
      if (world.remembered() === CLIENT_VERSION) return
      world.remember(CLIENT_VERSION)
    } catch {
      /* Nothing would stop the second reload. */
      return
    }
    world.reload()
  })
}

const browserRenewal: RenewalWorld = {
  remembered: () => sessionStorage.getItem(KEY),
  remember: (version) => sessionStorage.setItem(KEY, version),
  isBusy: () => {
    const fields = document.querySelectorAll<HTMLInputElement>(FIELDS)
    return [...fields].some(({ value }) => value !== '') || document.querySelector(BUSY) !== null
  },
  reload: () => location.reload(),
}
