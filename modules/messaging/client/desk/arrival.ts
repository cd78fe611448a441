/* This program begins as soon as it is here, while the rest of the page may be on its way. */

/** Where to draw, with what the page says there. */
export async function placeOf(selector: string): Promise<HTMLElement | null> {
  const find = (): HTMLElement | null => document.querySelector<HTMLElement>(selector)
  return find() ?? (await parsed(), find())
}

/** Before that nothing may be drawn: what is still read would come on top, and sizes mean nothing. */
export async function wholePage(): Promise<void> {
  await parsed()
  const sheets = [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')]
  const late = sheets.filter(({ sheet }) => sheet === null)
  await Promise.all(late.map((sheet) => Promise.race([once(sheet, 'load'), once(sheet, 'error')])))
}

/** Until what was put there can be seen; where nobody looks at the page, for no longer than a moment. */
export function drawn(): Promise<void> {
  const MOMENT_MS = 200
  return new Promise((resolve) => {
    setTimeout(resolve, MOMENT_MS)
    requestAnimationFrame(() => setTimeout(resolve))
  })
}

async function parsed(): Promise<void> {
  while (document.readyState === 'loading') await once(document, 'readystatechange')
}

function once(target: EventTarget, type: string): Promise<unknown> {
  return new Promise((resolve) => target.addEventListener(type, resolve, { once: true }))
}
