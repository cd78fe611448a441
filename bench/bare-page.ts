/*
 * The limit of what a browser can show on this machine: bare node:http, one page without a style or a
 * script, its messages written into it. It prints its address; `chats.ts` measures the messenger beside it.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const MESSAGES = 50
const talks = Array.from({ length: MESSAGES }, (_each, n) => `<p class="talk">message ${n}</p>`)
const body = Buffer.from(
  `<!doctype html><title>Chats</title><div class="wall" data-loaded="true">${talks.join('')}</div>`,
)
const server = createServer((_request, response) => {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': body.byteLength,
  })
  response.end(body)
})
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
process.on('SIGTERM', () => process.exit(0))
