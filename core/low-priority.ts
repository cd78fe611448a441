import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { basename } from 'node:path'

/** Lets whatever else wants the same core go before the thread that calls this. */
export function lowerThisThread(): void {
  onLinux(() => lower(basename(readlinkSync('/proc/thread-self'))))
}

/**
 * The same for all threads of this process and those they start from now on. Linux may share a
 * machine out by sessions first, and compares only what runs in the same one. A process that was
 * started `detached` leads a session of its own, so that it takes nothing from the share of
 * whoever has started it; this session is lowered a little, since it competes with all others and
 * would otherwise stand still on a busy machine.
 */
export function lowerThisProcess(): void {
  onLinux(() => {
    for (const thread of readdirSync('/proc/self/task')) lower(thread)
  })
  onLinux(() => {
    if (leadsItsSession()) writeFileSync('/proc/self/autogroup', String(SESSION_NICE))
  })
}

const LOWEST = constants.priority.PRIORITY_LOW
/** About a third of the share of another session that wants the same core. */
const SESSION_NICE = 5

/** Linux counts threads as processes. Elsewhere the scheduler shares as it likes. */
function onLinux(change: () => void): void {
  try {
    if (process.platform === 'linux') change()
  } catch {
    /* A container without `/proc`, a kernel without groups, or a thread that has just ended. */
  }
}

function lower(thread: string): void {
  setPriority(Number(thread), LOWEST)
}

/** The session is the fourth field after the name, which stands in parentheses. */
function leadsItsSession(): boolean {
  const stat = readFileSync('/proc/self/stat', 'utf8')
  const [, , , session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return Number(session) === process.pid
}
