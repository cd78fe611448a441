import type { Wire, WireEnd } from './connection.ts'

/** The station's socket, in the browser; the session's cookie goes with it. */
export function openSocket(end: WireEnd): Wire {
  const url = new URL('/ws', location.href)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  const socket = new WebSocket(url)
  socket.addEventListener('open', () => end.opened())
  socket.addEventListener('message', ({ data }: MessageEvent<string>) => end.heard(data))
  socket.addEventListener('close', ({ code, reason }) => end.closed(code, reason))
  return {
    /* What comes too late is lost either way; the browser would complain of it. */
    send: (text) => socket.readyState === WebSocket.OPEN && socket.send(text),
    close: () => socket.close(),
  }
}
