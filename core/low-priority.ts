import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { basename } from 'node:path'

/** Lets whatever else wants the same core go before the thread that calls this. */
export function lowerThisThread(): void {
  onLinux(() => lower(basename(readlinkSync('/proc/thread-self'))))
}

/** The same for the threads that libuv decodes pictures on; files are read on them too, and wait. */
export function lowerThreadPool(): void {
  onLinux(() => {
    for (const thread of readdirSync('/proc/self/task')) {
      const name = readFileSync(`/proc/self/task/${thread}/comm`, 'utf8').trim()
      if (name === 'libuv-worker') lower(thread)
    }
  })
}

/** Linux counts threads as processes. Elsewhere the scheduler shares as it likes. */
function onLinux(change: () => void): void {
  try {
    if (process.platform === 'linux') change()
  } catch {
    /* A container without `/proc`, or a thread that has just ended. */
  }
}

function lower(thread: string): void {
  setPriority(Number(thread), constants.priority.PRIORITY_LOW)
}
