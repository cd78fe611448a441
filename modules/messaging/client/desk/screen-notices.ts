/** What stands on the screen outside the page, one for each chat. */
export class ScreenNotices {
  readonly #own = new Map<string, Notification>()

  /**
   * Where this browser is pushed to as well, both use one name, so that a message is shown once.
   *
   * @param press what to do when it is pressed; where the browser is pushed to, the chat is opened.
   */
  async show(
    chat: string,
    seq: number,
    { title, body }: { readonly title: string; readonly body: string },
    press: () => void,
  ): Promise<void> {
    const tag = `chat/${chat}`
    const registration = await pushedTo()
    if (registration) {
      const data = { url: new URL(`/chats/${chat}`, location.href).href, seq }
      await registration.showNotification(title, { body, tag, data })
      return
    }
    const notification = new Notification(title, { body, tag })
    notification.addEventListener('click', () => {
      press()
      notification.close()
    })
    this.#own.set(chat, notification)
  }

  /** These were read here or elsewhere. */
  async close(chats: readonly string[]): Promise<void> {
    for (const chat of chats) {
      this.#own.get(chat)?.close()
      this.#own.delete(chat)
    }
    const registration = await pushedTo()
    for (const chat of registration ? chats : []) {
      const shown = await registration?.getNotifications({ tag: `chat/${chat}` })
      for (const notification of shown ?? []) notification.close()
    }
  }
}

async function pushedTo(): Promise<ServiceWorkerRegistration | undefined> {
  const registration = await navigator.serviceWorker?.getRegistration('/')
  return (await registration?.pushManager?.getSubscription()) ? registration : undefined
}
