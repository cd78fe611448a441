import { relative } from 'node:path'
import { type EventData, run } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { inspect } from 'node:util'
import { RunFolder } from './run-folder.ts'
import { TestTally } from './test-tally.ts'

const CONCURRENCY = 3
/** If more files fail, it is not the company they were in. */
const MOST_TRIED_AGAIN = 5
const LINE_WIDTH = 80
const MAX_OUTPUT_LINES = 100
/** How a test with random deeds says by what it can be repeated. */
const SEED = /^QUARK_\w+=\d+$/
/** Of a file; as many times that as runs of the messenger's model are asked for. */
const TEST_TIMEOUT_MS = 10 * 60_000 * Math.max(1, Number(process.env['QUARK_MODEL_RUNS'] ?? '1'))
const TSX_HOOK = new URL('../core/views/tsx-hook.ts', import.meta.url).href
/** Turns the cache on before the hook is read, which else brings the compiler into each process. */
const LIGHT = fileURLToPath(new URL('light.cjs', import.meta.url))

/**
 * Runs test files, each in a process of its own, three at a time. Prints a mark per test, then each
 * failure in full together with what its file wrote; counts into `tally`. Where `CI` is set, a file
 * that failed beside others runs once more, alone, which is what counts then; the tally names it.
 */
export async function runNodeTests(
  root: string,
  files: readonly string[],
  tally: TestTally,
  out: NodeJS.WritableStream,
): Promise<void> {
  const results = await runFiles(root, { files, concurrency: CONCURRENCY }, tally, out)
  const failed = [...results].flatMap(([file, { failed: count }]) => (count > 0 ? [file] : []))
  if (process.env['CI'] && failed.length > 0 && failed.length <= MOST_TRIED_AGAIN) {
    const names = failed.map((file) => relative(root, file))
    out.write(`\nOnce more, alone: ${names.join(', ')}\n`)
    tally.tryAgain(names)
    const again = await runFiles(root, { files: failed, concurrency: 1 }, new TestTally(), out)
    for (const [file, result] of again) results.set(file, result)
  }
  for (const { passed, failed: count } of results.values()) {
    tally.passed += passed
    tally.failed += count
  }
}

interface Result {
  passed: number
  failed: number
}

interface Turn {
  readonly files: readonly string[]
  readonly concurrency: number
}

/** Counts what is skipped into `tally`, and answers the rest by file. */
async function runFiles(
  root: string,
  { files, concurrency }: Turn,
  tally: TestTally,
  out: NodeJS.WritableStream,
): Promise<Map<string, Result>> {
  const results = new Map<string, Result>()
  const resultOf = ({ file = '' }: EventData.TestPass | EventData.TestFail): Result => {
    const result = results.get(file) ?? { passed: 0, failed: 0 }
    results.set(file, result)
    return result
  }
  const progress = new Progress(out)
  const report = new FailureReport(root)
  using folder = new RunFolder()
  const stream = run({
    files,
    cwd: root,
    concurrency,
    timeout: TEST_TIMEOUT_MS,
    execArgv: ['--require', LIGHT, '--import', TSX_HOOK],
    env: folder.env,
  })
  stream.on('test:pass', (event) => {
    if (isFile(event)) return
    if (event.skip !== undefined) {
      tally.skip(typeof event.skip === 'string' && event.skip ? event.skip : event.name)
      progress.mark('-')
    } else if (event.details.type !== 'suite') {
      resultOf(event).passed += 1
      progress.mark('.')
    }
  })
  stream.on('test:fail', (event) => {
    if (report.isConsequence(event)) return
    resultOf(event).failed += 1
    progress.mark('F')
    report.add(event)
  })
  stream.on('test:diagnostic', ({ message, file = '' }) => {
    if (SEED.test(message)) tally.repeatable(`${message} (${relative(root, file)})`)
  })
  stream.on('test:stdout', (event) => report.hear(event.file, event.message))
  stream.on('test:stderr', (event) => report.hear(event.file, event.message))
  for await (const _ of stream) continue
  progress.end()
  report.print(out)
  return results
}

/** A file without tests, or one whose process ended badly, reports as a test with its own path. */
function isFile(event: EventData.TestPass | EventData.TestFail): boolean {
  return event.nesting === 0 && event.name === event.file
}

class Progress {
  readonly #out: NodeJS.WritableStream
  #column = 0

  constructor(out: NodeJS.WritableStream) {
    this.#out = out
  }

  mark(sign: string): void {
    this.#out.write(sign)
    this.#column += 1
    if (this.#column === LINE_WIDTH) this.end()
  }

  end(): void {
    if (this.#column > 0) this.#out.write('\n')
    this.#column = 0
  }
}

class FailureReport {
  readonly #root: string
  readonly #failures: EventData.TestFail[] = []
  readonly #output = new Map<string, string[]>()

  constructor(root: string) {
    this.#root = root
  }

  hear(file: string | undefined, message: string): void {
    const heard = this.#output.get(file ?? '') ?? []
    heard.push(message)
    this.#output.set(file ?? '', heard)
  }

  /** A suite or file fails with its tests; they are the failures to show. */
  isConsequence(event: EventData.TestFail): boolean {
    if (causeOf(event).failureType === 'subtestsFailed') return true
    return isFile(event) && this.#failures.some((failure) => failure.file === event.file)
  }

  add(event: EventData.TestFail): void {
    this.#failures.push(event)
  }

  print(out: NodeJS.WritableStream): void {
    for (const failure of this.#failures) out.write(this.#block(failure))
    for (const file of new Set(this.#failures.map((failure) => failure.file ?? ''))) {
      const heard = this.#output.get(file)?.join('').trimEnd().split('\n') ?? []
      if (heard.length === 0) continue
      out.write(`\nOutput of ${relative(this.#root, file)}:\n`)
      out.write(`${heard.slice(-MAX_OUTPUT_LINES).join('\n')}\n`)
    }
  }

  #block(failure: EventData.TestFail): string {
    const file = relative(this.#root, failure.file ?? '')
    if (isFile(failure)) return `\n✖ ${file} ended badly: ${said(causeOf(failure).cause)}\n`
    return `\n✖ ${failure.name} (${file}:${failure.line})\n${said(causeOf(failure).cause)}\n`
  }
}

interface Failure {
  readonly failureType: string
  readonly cause: unknown
}

function causeOf(event: EventData.TestFail): Failure {
  const { error } = event.details
  const failureType = 'failureType' in error ? String(error.failureType) : ''
  return { failureType, cause: error.cause ?? error }
}

/** The error as Node shows it, without the frames of the runner itself. */
function said(cause: unknown): string {
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : inspect(cause)
  const extra = cause instanceof Error && cause.cause ? `\n[cause]: ${inspect(cause.cause)}` : ''
  const lines = `${text}${extra}`.split('\n')
  return lines
    .filter((line) => !/^\s+at .*node:internal/.test(line))
    .map((line) => line.replace(pathToFileURL(`${process.cwd()}/`).href, ''))
    .join('\n')
}
