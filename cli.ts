import { wrongNode } from './core/starting/node-version.ts'

const complaint = wrongNode()
if (complaint !== undefined) {
  console.error(complaint)
  process.exit(1)
}
await import('./core/views/tsx-hook.ts')
const { runCommand } = await import('./cli/program.ts')
await runCommand(process.argv)
