/**
 * Closes pushes on this device that were read somewhere. What is unread is asked of the station, so
 * that a device that slept for a week closes all that is stale with one look.
 */
export async function closeRead(registration: ServiceWorkerRegistration): Promise<void> {
  const shown = await registration.getNotifications()
  if (shown.length === 0) return
  const unread = await unreadIds()
  if (!unread) return
  for (const notification of shown) if (!unread.has(notification.tag)) notification.close()
}

async function unreadIds(): Promise<Set<string> | undefined> {
  const answer = await fetch('/api/v1/notifications?filter=unread&limit=100')
  if (!answer.ok) return undefined
  const { items } = (await answer.json()) as { items: readonly { id: string }[] }
  return new Set(items.map(({ id }) => id))
}
