import { readFile } from 'node:fs/promises'
import { lowerThisProcess } from '../../core/low-priority.ts'

/* A process that gives way, with a thread pool that has been started after it said so. */
lowerThisProcess()
await readFile(import.meta.filename)
process.on('disconnect', () => process.exit(0))
process.send?.('lowered')
