import type { Page } from '@playwright/test'
import { expect } from './chats.ts'

export const MAX_DRIFT_PX = 2

/** How it is with the pictures of messages in sight. */
export function pictures(): string[] {
  const wall = document.querySelector('.wall-scroll')?.getBoundingClientRect()
  return [...document.querySelectorAll<HTMLImageElement>('.album img')]
    .filter((each) => {
      const { top, bottom } = each.getBoundingClientRect()
      return wall !== undefined && bottom > wall.top && top < wall.bottom
    })
    .map(({ naturalWidth }) => (naturalWidth > 0 ? 'there' : 'on its way'))
}

/** Until a picture stands in the middle of what is seen. */
export async function scrollToPicture(): Promise<void> {
  document.querySelectorAll('.album img')[4]?.scrollIntoView({ block: 'center' })
  for (let frame = 0; frame < 4; frame++) {
    await new Promise((resolve) => requestAnimationFrame(resolve))
  }
}

/** Presses the first row. @returns when the first messages stood there, and what was in sight then. */
export async function openFirst(): Promise<{ readonly ms: number; readonly place: string }> {
  const from = performance.now()
  document.querySelector<HTMLElement>('.row-link')?.click()
  for (;;) {
    await new Promise((resolve) => requestAnimationFrame(resolve))
    if (document.querySelector('.wall-scroll .talk')) break
    if (performance.now() - from > 20_000) throw new Error('No message appeared')
  }
  const ms = performance.now() - from
  const wall = document.querySelector('.wall-scroll')?.getBoundingClientRect()
  const line = document.querySelector('[data-key="unread"]')?.getBoundingClientRect()
  const isThere = wall && line && line.top >= wall.top && line.bottom <= wall.bottom
  return { ms, place: isThere ? 'at the unread line' : 'elsewhere' }
}

interface Walked {
  readonly drift: number
  readonly nodes: number
}

/** Scrolls until a message is reached, and measures how far the one in sight moved by itself. */
export async function walk(page: Page, direction: 1 | -1, until: number): Promise<Walked> {
  let [drift, nodes] = [0, 0]
  for (let step = 0; step < 900; step++) {
    const seen = await page.evaluate(scrollOn, direction)
    drift = Math.max(drift, seen.drift)
    nodes = Math.max(nodes, seen.nodes)
    if (direction < 0 ? seen.first <= until : seen.last >= until) return { drift, nodes }
  }
  throw new Error(`Message ${until} was not reached`)
}

export async function scrollOn(
  way: number,
): Promise<Walked & { readonly first: number; readonly last: number }> {
  const wall = document.querySelector('.wall-scroll')
  if (!wall) throw new Error('There is no wall')
  const frames = async (count: number): Promise<void> => {
    for (let frame = 0; frame < count && wall.isConnected; frame++) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
    }
  }
  wall.scrollTop += way * 700
  await frames(2)
  const edge = wall.getBoundingClientRect().top + 40
  const seen = [...wall.querySelectorAll<HTMLElement>('.talk')].find(
    (each) => each.getBoundingClientRect().bottom > edge,
  )
  const before = seen?.getBoundingClientRect().top ?? 0
  for (let wait = 0; wait < 60; wait++) {
    await frames(3)
    if (!wall.querySelector('[aria-busy="true"]')) break
  }
  await frames(2)
  const after = wall.querySelector(`.talk[data-key="${seen?.dataset['key']}"]`)
  const all = [...wall.querySelectorAll<HTMLElement>('.talk')]
  return {
    drift: after ? Math.abs(after.getBoundingClientRect().top - before) : 0,
    nodes: all.length,
    first: Number(all[0]?.dataset['seq']),
    last: Number(all.at(-1)?.dataset['seq']),
  }
}

interface Place {
  readonly key: string
  readonly top: number
}

export function standing(page: Page): Promise<Place> {
  return page.evaluate(() => {
    const wall = document.querySelector('.wall-scroll')
    const edge = wall?.getBoundingClientRect().top ?? 0
    const seen = [...document.querySelectorAll<HTMLElement>('.talk')].find(
      (each) => each.getBoundingClientRect().bottom > edge + 1,
    )
    return { key: seen?.dataset['key'] ?? '', top: (seen?.getBoundingClientRect().top ?? 0) - edge }
  })
}

export function offsetOf(page: Page, key: string): Promise<number> {
  return page.evaluate((wanted) => {
    const edge = document.querySelector('.wall-scroll')?.getBoundingClientRect().top ?? 0
    const seen = document.querySelector(`.talk[data-key="${wanted}"]`)
    return (seen?.getBoundingClientRect().top ?? Number.NaN) - edge
  }, key)
}

export async function expectStill(page: Page, change: () => Promise<void>): Promise<void> {
  const before = await standing(page)
  await change()
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)))
  const after = await offsetOf(page, before.key)
  expect(Math.abs(after - before.top)).toBeLessThanOrEqual(MAX_DRIFT_PX)
}
