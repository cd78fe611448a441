/**
 * Closes pushes on this device that were read somewhere, or all once nobody is signed in here. What
 * still stands is asked of the station, so that a device that slept for a week closes all that is
 * stale with one look.
 */
export async function closeRead(registration: ServiceWorkerRegistration): Promise<void> {
  const shown = await registration.getNotifications()
  if (shown.length === 0) return
  const standing = await standingTags()
  if (!standing) return
  for (const notification of shown) if (!standing.has(notification.tag)) notification.close()
}

async function standingTags(): Promise<Set<string> | undefined> {
  const answer = await fetch('/api/v1/push/standing')
  if (answer.status === 401) return new Set()
  if (!answer.ok) return undefined
  const { tags } = (await answer.json()) as { tags: readonly string[] }
  return new Set(tags)
}
