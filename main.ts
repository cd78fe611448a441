import { wrongNode } from './core/starting/node-version.ts'

const complaint = wrongNode()
if (complaint !== undefined) {
  console.error(complaint)
  process.exit(1)
}
/* The load hook must stand before anything that imports a view, hence the dynamic import. */
await import('./core/views/tsx-hook.ts')
const { runStation } = await import('./core/starting/run-station.ts')
await runStation(process.env, { say: console.log, complain: console.error })
