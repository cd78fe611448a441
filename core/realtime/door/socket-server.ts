import type { IncomingMessage } from 'node:http'
import type { WebSocketServer } from 'ws'
import { CLOSE } from '../sockets/close-codes.ts'
import { LIMITS } from '../limits.ts'

/** RFC 6455 §7.4.1: a message that is too big to be processed. */
const MESSAGE_TOO_BIG = 1009

const headers = new WeakMap<IncomingMessage, readonly string[]>()

/** Header lines to send with the handshake of this request. */
export function answerWith(request: IncomingMessage, lines: readonly string[]): void {
  headers.set(request, lines)
}

/** The WebSocket library, loaded when the first socket is opened. */
export async function openSocketServer(): Promise<WebSocketServer> {
  const { WebSocket, WebSocketServer: Server } = await import('ws')

  /** Says in our own codes what the library says in its own. */
  class ProtocolSocket extends WebSocket {
    override close(code?: number, reason?: string | Buffer): void {
      super.close(code === MESSAGE_TOO_BIG ? CLOSE.frameTooBig : code, reason)
    }
  }

  const server = new Server({
    noServer: true,
    autoPong: false,
    clientTracking: false,
    /* Contexts of a compressor are several times what the rest of a socket takes. */
    perMessageDeflate: false,
    maxPayload: LIMITS.frame,
    maxFragments: 64,
    WebSocket: ProtocolSocket,
  })
  server.on('headers', (lines, request) => lines.push(...(headers.get(request) ?? [])))
  return server
}
