/* Bare node:http that sends what was said to it, headers and bytes; it prints its address. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { standThere } from './standing.ts'

const [, , bodyFile = '', headers = '{}'] = process.argv
const body = readFileSync(bodyFile)
const sent = JSON.parse(headers) as Record<string, string>

const server = createServer((_request, response) => {
  response.writeHead(200, sent)
  response.end(body)
})
standThere(server)
