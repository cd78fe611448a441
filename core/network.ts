/** One household: the address itself, or the first 64 bits of an IPv6 address. */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (mapped !== undefined) return mapped
  if (!ip.includes(':')) return ip
  const [head = '', tail = ''] = ip.split('::')
  const groups = head.split(':').filter((group) => group !== '')
  const ending = tail.split(':').filter((group) => group !== '')
  const zeros = ip.includes('::') ? Math.max(0, 8 - groups.length - ending.length) : 0
  const full = [...groups, ...Array.from({ length: zeros }, () => '0'), ...ending]
  return full
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
