/* The naive limit: a bare `ws` server that sends each text to everybody, one by one. It prints its address. */
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'
import { standThere } from './standing.ts'

const server = createServer()
const sockets = new WebSocketServer({ server, perMessageDeflate: false })
sockets.on('connection', (socket) => {
  socket.on('message', (data: Buffer) => {
    const text = data.toString()
    for (const each of sockets.clients) each.send(text)
  })
})
standThere(server)
