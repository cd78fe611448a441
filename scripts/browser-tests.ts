import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Type, type Static } from 'typebox'
import { Value } from 'typebox/value'
import { NO_CHROMIUM, findChromium, installChromium } from '../test/support/chromium.ts'
import { RunFolder } from './run-folder.ts'
import type { TestTally } from './test-tally.ts'

const Annotation = Type.Object({
  type: Type.String(),
  description: Type.Optional(Type.String()),
})
const Spec = Type.Object({
  title: Type.String(),
  tests: Type.Array(Type.Object({ status: Type.String(), annotations: Type.Array(Annotation) })),
})
type Suite = { specs: Static<typeof Spec>[]; suites?: Suite[] }
const SuiteSchema = Type.Cyclic(
  {
    Suite: Type.Object({
      specs: Type.Array(Spec),
      suites: Type.Optional(Type.Array(Type.Ref('Suite'))),
    }),
  },
  'Suite',
)
const Report = Type.Object({
  stats: Type.Object({
    expected: Type.Integer(),
    unexpected: Type.Integer(),
    flaky: Type.Integer(),
  }),
  suites: Type.Array(SuiteSchema),
})

/**
 * Runs the browser tests through Playwright and counts them into `tally`. Without a Chromium one is
 * installed where that is possible; otherwise the tally says why nothing ran.
 */
export async function runBrowserTests(
  root: string,
  patterns: readonly string[],
  tally: TestTally,
): Promise<void> {
  const chromium = findChromium() ?? (installChromium() ? findChromium() : undefined)
  if (chromium === undefined) {
    tally.leaveOut(`browser tests: ${NO_CHROMIUM}`)
    return
  }
  const reportFile = join(root, 'reports', 'browser.json')
  mkdirSync(join(root, 'reports'), { recursive: true })
  rmSync(reportFile, { force: true })
  const ended = await playwright(root, patterns, chromium, reportFile)
  if (!count(reportFile, tally) || (ended !== 0 && tally.failed === 0)) {
    tally.failed += 1
    process.stdout.write(`✖ playwright ended with code ${ended}\n`)
  }
}

async function playwright(
  root: string,
  patterns: readonly string[],
  chromium: string,
  reportFile: string,
): Promise<number | null> {
  const cli = createRequire(import.meta.url).resolve('@playwright/test/cli')
  using folder = new RunFolder()
  const child = spawn(process.execPath, [cli, 'test', '--reporter=dot,json', ...patterns], {
    cwd: root,
    env: {
      ...folder.env,
      QUARK_TEST_CHROMIUM: chromium,
      PLAYWRIGHT_JSON_OUTPUT_FILE: reportFile,
    },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [code]: (number | null)[] = await once(child, 'close')
  return code ?? null
}

function count(reportFile: string, tally: TestTally): boolean {
  try {
    const report = Value.Parse(Report, JSON.parse(readFileSync(reportFile, 'utf8')))
    tally.passed += report.stats.expected + report.stats.flaky
    tally.failed += report.stats.unexpected
    for (const suite of report.suites) note(suite, tally)
    return true
  } catch {
    return false
  }
}

/** What was skipped, and what passed only when it was tried again. */
function note(suite: Suite, tally: TestTally): void {
  for (const { title, tests } of suite.specs) {
    for (const { status, annotations } of tests) {
      if (status === 'flaky') tally.tryAgain([title])
      if (status !== 'skipped') continue
      const reason = annotations.find(({ type }) => type === 'skip')
      tally.skip(reason?.description ?? title)
    }
  }
  for (const inner of suite.suites ?? []) note(inner, tally)
}
