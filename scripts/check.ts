import { CHECK_STEPS, type CheckName, runCheck } from './check-steps.ts'

/** `npm run check [-- <step>…]`: every step runs; exit code 1 when one of them failed. */
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !CHECK_STEPS.some((step) => step.name === name))
const steps = CHECK_STEPS.filter((step) => wanted.length === 0 || wanted.includes(step.name))
const failed: CheckName[] = []

for (const step of steps) {
  const { passed, output, durationMs } = await runCheck(step, process.cwd())
  console.log(`${passed ? '✔' : '✖'} ${step.name.padEnd(12)} ${(durationMs / 1000).toFixed(1)} s`)
  if (passed) continue
  failed.push(step.name)
  console.log(`${output.replace(/^/gm, '  ')}\n`)
}

if (unknown.length > 0) {
  const known = CHECK_STEPS.map((step) => step.name).join(', ')
  console.log(`There is no step ${unknown.join(', ')}; there are: ${known}`)
}
if (failed.length > 0) console.log(`Failed: ${failed.join(', ')}`)
process.exitCode = failed.length + unknown.length > 0 ? 1 : 0
