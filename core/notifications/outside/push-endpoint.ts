/** Push services of the browsers there are. A browser chooses its own; people cannot. */
const HOSTS = new Set(['fcm.googleapis.com', 'updates.push.services.mozilla.com'])
const SUFFIXES = ['.push.services.mozilla.com', '.push.apple.com', '.notify.windows.com']

/**
 * Whether the station may send requests to an address that somebody's browser has named. Without
 * this list anybody could make the station call its neighbours in the network.
 */
export function isPushService(endpoint: URL): boolean {
  const { protocol, hostname, port, username, password } = endpoint
  if (protocol !== 'https:' || port !== '' || username !== '' || password !== '') return false
  return HOSTS.has(hostname) || SUFFIXES.some((suffix) => hostname.endsWith(suffix))
}
