/* Asks for a few pages in turn, one at a time, and prints how long each took; `probe.ts` runs it apart. */
import { Agent, get } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

const GAP_MS = 5
const { url, paths, seconds } = JSON.parse(process.argv[2] ?? '') as {
  url: string
  paths: readonly string[]
  seconds: number
}
const agent = new Agent({ keepAlive: true })
const ms: number[][] = paths.map(() => [])
const end = performance.now() + seconds * 1000
while (performance.now() < end) {
  for (const [index, path] of paths.entries()) {
    const begun = performance.now()
    await asked(path)
    ms[index]?.push(performance.now() - begun)
    await pause(GAP_MS)
  }
}
agent.destroy()
console.log(JSON.stringify(ms))

function asked(path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url + path, { agent }, (response) => {
      response.resume()
      response.on('end', () => {
        if (response.statusCode === 200) resolve()
        else reject(new Error(`${path} answers ${response.statusCode}`))
      })
    }).on('error', reject)
  })
}
