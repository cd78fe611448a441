import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Listens on a port of its own, prints its address for `serve`, and ends when it is told to. */
export function standThere(server: Server): void {
  server.listen(0, '127.0.0.1', () => {
    console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  })
  process.on('SIGTERM', () => process.exit(0))
}
