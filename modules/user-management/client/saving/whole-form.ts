import { ownPage } from '#client'
import { type SaveAnswer, Saver, type SaveState } from './saver.ts'

/**
 * A card of another module that is sent whole whenever something is chosen in it. What it holds then
 * is what counts, so a form that could not be sent is simply sent again.
 */
export function saverOf(form: HTMLFormElement, show: (state: SaveState) => void): Saver {
  const saver = new Saver({
    send: () => sendWhole(form),
    later(run, ms) {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    show,
    tell: () => undefined,
  })
  form.dataset['live'] = ''
  form.addEventListener('change', () => saver.change({ form: true }))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void saver.flush()
  })
  return saver
}

async function sendWhole(form: HTMLFormElement): Promise<SaveAnswer> {
  const body = new URLSearchParams()
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string') body.append(name, value)
  }
  const { ok, status, url } = await fetch(form.action, {
    method: 'POST',
    headers: ownPage(),
    body,
    keepalive: true,
  })
  /* A form that was taken leads back here; anywhere else, somebody has to sign in first. */
  const isTaken = ok && new URL(url).pathname === location.pathname
  return { status: ok && !isTaken ? 401 : status, errors: {} }
}
