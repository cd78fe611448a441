const LOOK_EVERY_MS = 1_000

/** Shows how far an archive is; answers when it is not being made any more. */
export async function followExport(place: HTMLElement, id: string): Promise<void> {
  const percent = place.querySelector('[data-export-percent]')
  const bar = place.querySelector('progress')
  for (;;) {
    await new Promise((later) => setTimeout(later, LOOK_EVERY_MS))
    const answer = await fetch('/api/v1/me/export').catch(() => undefined)
    /* Without a connection the archive goes on all the same. */
    if (!answer?.ok) continue
    const { items } = (await answer.json()) as {
      items: readonly { id: string; state: string; percent: number }[]
    }
    const mine = items.find((item) => item.id === id)
    if (mine?.state !== 'running') return
    if (percent) percent.textContent = String(mine.percent)
    if (bar) bar.value = mine.percent
  }
}
