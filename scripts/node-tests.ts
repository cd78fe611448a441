import { relative } from 'node:path'
import { type EventData, run } from 'node:test'
import { pathToFileURL } from 'node:url'
import { inspect } from 'node:util'
import type { TestTally } from './test-tally.ts'

const CONCURRENCY = 3
const LINE_WIDTH = 80
const MAX_OUTPUT_LINES = 100
const TEST_TIMEOUT_MS = 10 * 60_000
const TSX_HOOK = new URL('../core/views/tsx-hook.ts', import.meta.url).href

/**
 * Runs test files, each in a process of its own, three at a time. Prints a mark per test, then each
 * failure in full together with what its file wrote; counts into `tally`.
 */
export async function runNodeTests(
  root: string,
  files: readonly string[],
  tally: TestTally,
  out: NodeJS.WritableStream,
): Promise<void> {
  const progress = new Progress(out)
  const report = new FailureReport(root)
  const stream = run({
    files,
    cwd: root,
    concurrency: CONCURRENCY,
    timeout: TEST_TIMEOUT_MS,
    execArgv: ['--import', TSX_HOOK],
  })
  stream.on('test:pass', (event) => {
    if (isFile(event)) return
    if (event.skip !== undefined) {
      tally.skip(typeof event.skip === 'string' && event.skip ? event.skip : event.name)
      progress.mark('-')
    } else if (event.details.type !== 'suite') {
      tally.passed += 1
      progress.mark('.')
    }
  })
  stream.on('test:fail', (event) => {
    if (report.isConsequence(event)) return
    tally.failed += 1
    progress.mark('F')
    report.add(event)
  })
  stream.on('test:stdout', (event) => report.hear(event.file, event.message))
  stream.on('test:stderr', (event) => report.hear(event.file, event.message))
  for await (const _ of stream) continue
  progress.end()
  report.print(out)
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
