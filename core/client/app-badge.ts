const PLACES = { bell: 'a[href="/notifications"]', chats: 'a[href="/chats"]' } as const
type Waiting = keyof typeof PLACES

const counts = new Map<Waiting, number>()

/**
 * The number on the icon of the installed app: all that waits. Each part of a page says its own; what
 * no script has said yet stands on the shell.
 */
export function showAppBadge(what: Waiting, count: number): void {
  counts.set(what, count)
  const all = (Object.keys(PLACES) as Waiting[]).map((each) => counts.get(each) ?? drawn(each))
  const sum = all.reduce((total, one) => total + one, 0)
  void navigator.setAppBadge?.(sum).catch(() => undefined)
}

function drawn(what: Waiting): number {
  const badge = document.querySelector(`${PLACES[what]} .badge`)
  return Number.parseInt(badge?.textContent ?? '0', 10) || 0
}
