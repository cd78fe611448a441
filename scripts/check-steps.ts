import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

const BIN = join(import.meta.dirname, '..', 'node_modules', '.bin')
const MAX_OUTPUT_BYTES = 64 * 2 ** 20

export interface CheckStep {
  readonly name: string
  /** Programs of node_modules/.bin with their arguments; all of them must succeed. */
  readonly commands: readonly (readonly [program: string, ...args: string[]])[]
}

export interface CheckResult {
  readonly passed: boolean
  /** Everything its programs wrote. */
  readonly output: string
  readonly durationMs: number
}

/** What `npm run check` does, by name and in this order. */
export const CHECK_STEPS = [
  {
    name: 'types',
    commands: [
      ['tsc', '-p', 'tsconfig.json', '--pretty', 'false'],
      ['tsc', '-p', 'tsconfig.client.json', '--pretty', 'false'],
    ],
  },
  { name: 'lint', commands: [['oxlint', '--deny-warnings']] },
  { name: 'format', commands: [['oxfmt', '--check']] },
  { name: 'unused', commands: [['knip', '--no-progress']] },
  {
    name: 'architecture',
    commands: [['node', '--test', '--test-reporter=dot', 'test/architecture.test.ts']],
  },
  {
    name: 'docs',
    commands: [
      ['node', '--test', '--test-reporter=dot', 'test/docs.test.ts', 'test/security-docs.test.ts'],
    ],
  },
  { name: 'tools', commands: [['node', '--test', '--test-reporter=dot', 'test/tooling.test.ts']] },
] as const satisfies readonly CheckStep[]

export type CheckName = (typeof CHECK_STEPS)[number]['name']

/** Runs one step in the folder `root`; never throws, a program that cannot start is a failure. */
export async function runCheck(step: CheckStep, root: string): Promise<CheckResult> {
  const startedMs = performance.now()
  const results = []
  for (const [program, ...args] of step.commands) results.push(await execute(program, args, root))
  return {
    passed: results.every((result) => result.passed),
    output: results.map((result) => result.output).join('\n'),
    durationMs: performance.now() - startedMs,
  }
}

function execute(
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<{ passed: boolean; output: string }> {
  const options = { cwd, maxBuffer: MAX_OUTPUT_BYTES, env: { ...process.env, NO_COLOR: '1' } }
  return new Promise((resolve) => {
    execFile(join(BIN, program), args, options, (error, stdout, stderr) => {
      const said = stripVTControlCharacters(`${stdout}${stderr}`).trim()
      resolve({ passed: error === null, output: said || (error?.message ?? '') })
    })
  })
}
