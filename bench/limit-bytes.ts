/* Bare node:http that sends what was said to it, headers and bytes; it prints its address. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const [, , bodyFile = '', headers = '{}'] = process.argv
const body = readFileSync(bodyFile)
const sent = JSON.parse(headers) as Record<string, string>

const server = createServer((_request, response) => {
  response.writeHead(200, sent)
  response.end(body)
})
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
process.on('SIGTERM', () => process.exit(0))
