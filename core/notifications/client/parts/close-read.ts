/**
 * Closes pushes on this device that were read somewhere, or all once nobody is signed in here. What
 * still stands is asked of the station, so that a device that slept for a week closes all that is
 * stale with one look.
 *
 * @returns what was answered; undefined where nothing is shown, or the station cannot be asked.
 */
export async function closeRead(
  registration: ServiceWorkerRegistration,
): Promise<Standing | undefined> {
  const shown = await registration.getNotifications()
  if (shown.length === 0) return undefined
  const standing = await askStanding()
  const tags = new Set(standing?.tags)
  for (const notification of standing ? shown : [])
    if (!tags.has(notification.tag)) notification.close()
  return standing
}

async function askStanding(): Promise<Standing | undefined> {
  const answer = await fetch('/api/v1/push/standing').catch(() => undefined)
  if (answer?.status === 401) return { tags: [], badge: 0 }
  return answer?.ok ? ((await answer.json()) as Standing) : undefined
}

/** What waits for whoever is signed in here. */
interface Standing {
  readonly tags: readonly string[]
  readonly badge: number
}
