/* Sends a picture each time it is told to, on the core of the load; `sender.ts` runs it. */
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { lowerThisProcess } from '../core/low-priority.ts'

const BOUNDARY = 'no picture holds this line'
const HEAD = Buffer.from(
  `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="photo.jpg"\r\n\r\n`,
)
const { url, token, path } = JSON.parse(process.argv[2] ?? '') as Record<string, string>
const picture = readFileSync(path ?? '')
const agent = new Agent({ keepAlive: true })

/* Whoever watches the pages shares this core, and must not wait for what a sender does. */
lowerThisProcess()
process.on('message', (number: number) => {
  /* Another file each time, or the station would know the picture. */
  const parts = [HEAD, picture, Buffer.from(`${number}\r\n--${BOUNDARY}--\r\n`)]
  const begun = performance.now()
  send(parts).then(
    () => process.send?.({ ms: performance.now() - begun }),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
process.send?.('ready')

function send(parts: readonly Buffer[]): Promise<void> {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': `multipart/form-data; boundary="${BOUNDARY}"`,
    'content-length': parts.reduce((sum, { byteLength }) => sum + byteLength, 0),
  }
  return new Promise((resolve, reject) => {
    const asked = request(`${url}/api/v1/media`, { agent, method: 'POST', headers }, (answer) => {
      answer.resume()
      answer.on('end', () => {
        if (answer.statusCode === 201) resolve()
        else reject(new Error(`An upload answers ${answer.statusCode}`))
      })
    })
    asked.on('error', reject)
    for (const part of parts) asked.write(part)
    asked.end()
  })
}
