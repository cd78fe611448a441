import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, platform, totalmem } from 'node:os'

/** Two cores of this machine, one for the server and one for who asks it. */
interface Cores {
  readonly server: number
  readonly load: number
}

const cores = usableCores()

/** What the figures were measured on: they mean little without it. */
export function machineLine(): string {
  const [first] = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  const [load = 0] = loadavg()
  const pinning = cores
    ? `server on core ${cores.server}, load on core ${cores.load}`
    : 'nothing is pinned to a core'
  return [
    `Node ${process.versions.node}, ${platform()}`,
    `${availableParallelism()} × ${first?.model.trim() ?? 'unknown processor'}`,
    `${memory} GiB`,
    `load ${load.toFixed(1)} before the run`,
    pinning,
  ].join(' · ')
}

/** A command line that keeps to one core where the machine allows it. */
export function pinned(role: keyof Cores, command: readonly string[]): string[] {
  return cores ? ['taskset', '-c', String(cores[role]), ...command] : [...command]
}

/** Processor time of a whole process since its start, in milliseconds. Linux only. */
export function cpuMsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  /* The name in parentheses may hold spaces; user and system time are the 12th and 13th after it. */
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_S
}

/** Memory a process holds now, in MiB. Linux only. */
export function rssMibOf(pid: number): number {
  const [, kib] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kib) / 1024
}

/** `sysconf(_SC_CLK_TCK)`, which Linux has kept at 100 for every program. */
const TICKS_PER_S = 100

/** The first and the last core that this process may use; undefined where nothing can be pinned. */
function usableCores(): Cores | undefined {
  const status = '/proc/self/status'
  if (!existsSync(status) || spawnSync('taskset', ['-V']).status !== 0) return undefined
  const [, list = ''] = /^Cpus_allowed_list:\s+(\S+)/m.exec(readFileSync(status, 'utf8')) ?? []
  const numbers = list.split(/[,-]/).map(Number)
  const [server = 0] = numbers
  const load = numbers.at(-1) ?? server
  return server === load ? undefined : { server, load }
}
