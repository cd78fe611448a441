import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { startStationProcess } from '../test/support/station-process.ts'
import { Crew } from './crew.ts'
import { Metrics, type Verdict } from './metrics.ts'
import { type LoadOptions, milliseconds, parseOptions, planOf } from './plan.ts'
import { summary } from './summary.ts'

/**
 * `npm run load [-- <script>] [--vus 10] [--duration 30s] [--iterations 100]`: runs a script in
 * k6's syntax where k6 itself is absent. Without `BASE_URL` it fills and starts a station of its
 * own. Exit codes as k6's: 99 when a threshold was missed, 107 when the script failed to start.
 * Cookies, checks of certificates and k6's other executors are left to k6.
 */
const THRESHOLD_MISSED = 99
const SCRIPT_FAILED = 107
const DEFAULT_SCRIPT = join(import.meta.dirname, 'read-posts.js')

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    vus: { type: 'string' },
    duration: { type: 'string' },
    iterations: { type: 'string' },
  },
})

try {
  const script = positionals[0] === undefined ? DEFAULT_SCRIPT : resolve(positionals[0])
  if (!existsSync(script)) throw new Error(`There is no script ${script}`)
  process.exitCode = process.env['BASE_URL']
    ? await runScript(script, process.env['BASE_URL'])
    : await runOnOwnStation(script)
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = SCRIPT_FAILED
}

async function runOnOwnStation(script: string): Promise<number> {
  console.log('BASE_URL is not set: starting a station with demonstration content')
  const station = await startStationProcess({ demo: true })
  try {
    return await runScript(script, station.url)
  } finally {
    await station.stop()
  }
}

async function runScript(script: string, baseUrl: string): Promise<number> {
  const metrics = new Metrics()
  const crew = new Crew(pathToFileURL(script).href, { ...process.env, BASE_URL: baseUrl }, metrics)
  const { options: written, setupData } = await crew.prepare()
  const options = withFlags(parseOptions(written))
  const durationMs = await crew.work(planOf(options), setupData)
  const verdicts = judge(metrics, options, durationMs)
  for (const error of crew.errors) console.error(error)
  console.log(summary(metrics, verdicts, durationMs))
  const missed = verdicts.filter((verdict) => !verdict.passed)
  if (missed.length === 0) return 0
  console.error(`Thresholds missed: ${missed.map((verdict) => verdict.metric).join(', ')}`)
  return THRESHOLD_MISSED
}

/** What the command line says stands above the script, as in k6. */
function withFlags(options: LoadOptions): LoadOptions {
  const { vus, duration, iterations } = values
  const { stages, ...rest } = options
  const isPlanned = duration === undefined && iterations === undefined
  if (duration !== undefined) milliseconds(duration)
  return parseOptions({
    ...rest,
    ...(isPlanned && stages ? { stages } : {}),
    ...(vus === undefined ? {} : { vus: Number(vus) }),
    ...(duration === undefined ? {} : { duration }),
    ...(iterations === undefined ? {} : { iterations: Number(iterations) }),
  })
}

function judge(metrics: Metrics, options: LoadOptions, durationMs: number): Verdict[] {
  return Object.entries(options.thresholds ?? {}).flatMap(([metric, thresholds]) =>
    thresholds.map((threshold) => {
      const expression = typeof threshold === 'string' ? threshold : threshold.threshold
      return metrics.verdict(metric, expression, durationMs)
    }),
  )
}
