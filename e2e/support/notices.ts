import type { Talker } from './chats.ts'

/** Everything that the pages of somebody show outside the window, by its title. To be asked for before they open. */
export async function noticesOf(
  { context }: Talker,
  permission: NotificationPermission,
): Promise<readonly string[]> {
  const shown: string[] = []
  await context.exposeFunction('hearNotification', (title: string) => shown.push(title))
  await context.addInitScript((allowed) => {
    const world = window as unknown as { hearNotification(title: string): void }
    function Shown(title: string): EventTarget {
      world.hearNotification(title)
      return Object.assign(new EventTarget(), { close: () => undefined })
    }
    const requestPermission = async (): Promise<string> => {
      Object.assign(Shown, { permission: 'granted' })
      return 'granted'
    }
    Object.assign(Shown, { permission: allowed, requestPermission })
    Object.defineProperty(window, 'Notification', { value: Shown })
  }, permission)
  return shown
}

/** In a page: its person looks at another window. */
export function lookAway(): void {
  document.hasFocus = () => false
}
