import { registerHooks } from 'node:module'
import { line } from './line.ts'

/** The names a k6 script imports, and what stands for them here. */
const STANDS_FOR: Readonly<Record<string, string>> = {
  k6: './k6.ts',
  'k6/http': './http.ts',
  'k6/metrics': './metrics.ts',
}
const IS_K6 = '?k6'

/** k6 offers each module both by names and as a default, hence a module made of the two. */
registerHooks({
  resolve(specifier, context, nextResolve) {
    const file = STANDS_FOR[specifier]
    if (file === undefined) return nextResolve(specifier, context)
    return { url: new URL(file + IS_K6, import.meta.url).href, shortCircuit: true }
  },
  load(url, context, nextLoad) {
    if (!url.endsWith(IS_K6)) return nextLoad(url, context)
    const file = JSON.stringify(url.slice(0, -IS_K6.length))
    const source = `export * from ${file}\nimport * as all from ${file}\nexport default all\n`
    return { format: 'module', source, shortCircuit: true }
  },
})

type Work = (data: unknown) => unknown

interface Script {
  readonly default: Work
  readonly setup: Work | undefined
  readonly options: unknown
}

const { number, script: path, env } = line.user
Object.assign(globalThis, { __ENV: env, __VU: number, __ITER: 0 })

try {
  const script = loaded(await import(path))
  if (number === 0) await setUp(script)
  else await iterate(script)
} catch (error) {
  line.tell({ is: 'broken', text: text(error) })
}
line.leave()

function loaded(module: Readonly<Record<string, unknown>>): Script {
  const { default: work, setup, options = {} } = module
  if (!isWork(work)) throw new Error(`${path} has no default function`)
  return { default: work, setup: isWork(setup) ? setup : undefined, options }
}

function isWork(value: unknown): value is Work {
  return typeof value === 'function'
}

async function setUp({ setup, options }: Script): Promise<void> {
  line.tell({ is: 'ready', options, setupData: await setup?.({}) })
}

async function iterate(script: Script): Promise<void> {
  for (let count = 0; !line.isStopped && line.takeIteration(); count += 1) {
    Object.assign(globalThis, { __ITER: count })
    const startedMs = performance.now()
    try {
      await script.default(line.user.setupData)
    } catch (error) {
      line.measure('iteration_errors', 'counter', 1)
      line.tell({ is: 'broken', text: text(error) })
    }
    line.measure('iterations', 'counter', 1)
    line.measure('iteration_duration', 'trend', performance.now() - startedMs)
  }
}

function text(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
