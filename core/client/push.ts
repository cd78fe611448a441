import { ownPage } from './own-page.ts'

const SUBSCRIPTIONS = '/api/v1/push/subscriptions'

/**
 * Lets the station wake this browser, after the person has let it show notifications.
 *
 * @throws Error when the push service or the station does not take the subscription.
 */
export async function subscribeToPush(): Promise<void> {
  const registration = await navigator.serviceWorker.register('/sw.js')
  const { publicKey } = (await (await fetch('/api/v1/push/key')).json()) as { publicKey: string }
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: publicKey,
  })
  const answer = await sent('POST', subscription.toJSON())
  if (answer.ok) return
  await subscription.unsubscribe()
  throw new Error('The station did not take the subscription')
}

/**
 * Whether the station wakes this browser for who is signed in. One they had let wake goes on after
 * they have signed in anew; one that somebody else has let stays theirs.
 */
export async function keepsPush(registration: ServiceWorkerRegistration): Promise<boolean> {
  const subscription = await registration.pushManager.getSubscription()
  return subscription ? (await sent('PUT', { endpoint: subscription.endpoint })).ok : false
}

export async function unsubscribeFromPush(subscription: PushSubscription): Promise<void> {
  await sent('DELETE', { endpoint: subscription.endpoint })
  await subscription.unsubscribe()
}

function sent(method: 'POST' | 'PUT' | 'DELETE', body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...ownPage() }
  return fetch(SUBSCRIPTIONS, { method, headers, body: JSON.stringify(body) })
}
