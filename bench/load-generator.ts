/* Asks a server as fast as it answers and prints what came of it; `load.ts` runs it apart. */
import autocannon from 'autocannon'
import type { LoadOptions, LoadResult } from './load.ts'

const { url, paths, seconds, connections, headers } = JSON.parse(
  process.argv[2] ?? '',
) as LoadOptions & { url: string }
const { requests, non2xx, errors, timeouts } = await autocannon({
  url,
  connections,
  duration: seconds,
  headers: headers ?? {},
  requests: paths.map((path) => ({ path })),
})
const result: LoadResult = {
  requests: requests.total,
  perSecond: requests.average,
  failed: non2xx + errors + timeouts,
}
console.log(JSON.stringify(result))
