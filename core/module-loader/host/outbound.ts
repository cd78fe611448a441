import type { FetchOrder } from '../../port/outside.ts'
import type { Outbound } from '../../outbound/outbound.ts'

interface HostFacts {
  readonly outbound: () => Outbound
  readonly permissions: () => readonly string[]
  readonly module: () => string
}

/** The host's side of `app.http`: the manifest says which hosts, `http:*` means the Internet. */
export function outboundAnswers({ outbound, permissions, module }: HostFacts) {
  return {
    'http-fetch': async (input: Record<string, unknown>): Promise<unknown> => {
      const hosts = permissions().flatMap((each) =>
        each.startsWith('http:') ? [each.slice('http:'.length)] : [],
      )
      if (hosts.length === 0) {
        throw new Error(`${module()} lacks a permission such as http:* in module.json`)
      }
      const isAllowed = (host: string): boolean => hosts.includes('*') || hosts.includes(host)
      return outbound().fetch(input as unknown as FetchOrder, isAllowed)
    },
  }
}
