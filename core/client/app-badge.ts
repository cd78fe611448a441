const PLACES = { bell: 'a[href="/notifications"]', chats: 'a[href="/chats"]' } as const
type Waiting = keyof typeof PLACES

/**
 * The number on the icon of the installed app: all that waits. Each program of a page says its own, so
 * what has been said stands on the page; what no program has said yet stands on the shell.
 */
export function showAppBadge(what: Waiting, count: number): void {
  const said = document.documentElement.dataset
  said[keyOf(what)] = String(count)
  const all = (Object.keys(PLACES) as Waiting[]).map((each) => said[keyOf(each)] ?? drawn(each))
  const sum = all.map(Number).reduce((total, one) => total + one, 0)
  void navigator.setAppBadge?.(sum).catch(() => undefined)
}

function keyOf(what: Waiting): `${Waiting}Waiting` {
  return `${what}Waiting`
}

function drawn(what: Waiting): number {
  const badge = document.querySelector(`${PLACES[what]} .badge`)
  return Number.parseInt(badge?.textContent ?? '0', 10) || 0
}
