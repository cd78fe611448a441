import { readdirSync, readlinkSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { basename } from 'node:path'

/** Lets whatever else wants the same core go before the thread that calls this. */
export function lowerThisThread(): void {
  onLinux(() => lower(basename(readlinkSync('/proc/thread-self'))))
}

/**
 * The same for all threads of this process and those they start from now on. Linux may share a
 * machine out by sessions first: only who stays in the session of the station, and so does not
 * start `detached`, is put aside by it at once.
 */
export function lowerThisProcess(): void {
  onLinux(() => {
    for (const thread of readdirSync('/proc/self/task')) lower(thread)
  })
}

const LOWEST = constants.priority.PRIORITY_LOW

/** Linux counts threads as processes. Elsewhere the scheduler shares as it likes. */
function onLinux(change: () => void): void {
  try {
    if (process.platform === 'linux') change()
  } catch {
    /* A container without `/proc`, or a thread that has just ended. */
  }
}

function lower(thread: string): void {
  setPriority(Number(thread), LOWEST)
}
