import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** `.work-<pid>-…` and `<name>.<pid>.part`: what a killed process leaves behind. */
const LEFTOVER = /(?:^\.work-(\d+)(?:-|$)|\.(\d+)\.part$)/

/** Removes what processes that are gone have left unfinished in a folder. */
export async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, work, part] = LEFTOVER.exec(name) ?? []
    const pid = Number(work ?? part)
    if (Number.isNaN(pid) || isAlive(pid)) continue
    await rm(join(folder, name), { recursive: true, force: true })
  }
}

/** This process included: it may be making another backup. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
