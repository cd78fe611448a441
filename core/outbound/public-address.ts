import { BlockList, isIPv4, isIPv6 } from 'node:net'

/** Networks that are nobody's on the Internet: one's own, one's neighbours', reserved (RFC 6890). */
const CLOSED_V4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const
/** Within what is given out at all: tunnels that carry an IPv4 address, and examples. */
const CLOSED_V6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const

const closedV4 = new BlockList()
for (const [net, bits] of CLOSED_V4) closedV4.addSubnet(net, bits, 'ipv4')
const closedV6 = new BlockList()
for (const [net, bits] of CLOSED_V6) closedV6.addSubnet(net, bits, 'ipv6')
/** All other IPv6 is local, mapped (`::ffff:`), translated (`64:ff9b::`) or not given out. */
const openV6 = new BlockList()
openV6.addSubnet('2000::', 3, 'ipv6')

/** Whether an address belongs to somebody on the Internet, as far as its number tells. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !closedV4.check(address, 'ipv4')
  if (!isIPv6(address) || address.includes('%')) return false
  return openV6.check(address, 'ipv6') && !closedV6.check(address, 'ipv6')
}
