import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { ServerResponse as Answer } from './node-http.ts'

/** Where sockets are opened. */
export const SOCKET_PATH = '/ws'

/** A connection that asks to become a socket: the bare stream, and what has arrived on it so far. */
export interface Upgrade {
  readonly socket: Duplex
  readonly head: Buffer
  /** Takes the stream away from HTTP, which then answers nothing. */
  detach(): void
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void

const upgrades = new WeakMap<IncomingMessage, Upgrade>()

/** The upgrade a request asks for, if it does. */
export function upgradeOf(request: IncomingMessage): Upgrade | undefined {
  return upgrades.get(request)
}

/** Other upgrades (`h2c`) are ignored: such a request is answered like any other. */
export function isSocketUpgrade({ url = '', headers }: IncomingMessage): boolean {
  const [path] = url.split('?')
  return path === SOCKET_PATH && headers.upgrade?.toLowerCase() === 'websocket'
}

/**
 * Takes upgrades through the same hooks, limits and errors as every request. A refusal is an
 * ordinary answer, after which the connection ends.
 */
export function routeUpgrades(server: Server, handler: Handler): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    /* The stream is no longer watched by HTTP, and somebody may hang up while we look who it is. */
    socket.on('error', () => socket.destroy())
    const response = new Answer(request)
    response.shouldKeepAlive = false
    response.assignSocket(socket as never)
    response.once('finish', () => socket.end())
    const detach = (): void => response.detachSocket(socket as never)
    upgrades.set(request, { socket, head, detach })
    handler(request, response)
  })
}
