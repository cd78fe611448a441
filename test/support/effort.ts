/** Processor time of this process so far, in ms: however busy the machine is with others. */
export function spentMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}
