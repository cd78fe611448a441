const LOOK_EVERY_MS = 1_000

interface Running {
  readonly step: string
  readonly done: number
  readonly total: number | null
}

/** Shows how far a backup is; answers when none is being made any more. */
export async function followBackup(place: HTMLElement): Promise<void> {
  for (;;) {
    await new Promise((later) => setTimeout(later, LOOK_EVERY_MS))
    const answer = await fetch('/api/v1/admin/backups').catch(() => undefined)
    /* Without a connection the backup goes on all the same. */
    if (!answer?.ok) continue
    const { running } = (await answer.json()) as { running: Running | null }
    if (!running) return
    show(place, running)
  }
}

function show(place: HTMLElement, { step, done, total }: Running): void {
  const share = total === null ? null : Math.floor((100 * done) / Math.max(total, 1))
  const word = place.querySelector<HTMLElement>('[data-backup-step]')
  if (word) word.textContent = word.dataset[step] ?? ''
  const percent = place.querySelector('[data-backup-percent]')
  if (percent) percent.textContent = share === null ? '' : `${share} %`
  const bar = place.querySelector('progress')
  if (share === null) bar?.removeAttribute('value')
  else if (bar) bar.value = share
}
