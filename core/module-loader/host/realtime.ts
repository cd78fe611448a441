import type { OpenTransaction } from '../../../db/index.ts'
import type { Realtime, UpdateData } from '../../realtime/index.ts'

type Input = Record<string, unknown>
type Effect = (tx: OpenTransaction) => Promise<void>

interface HostFacts {
  readonly realtime: () => Realtime
  /** @throws when the manifest does not ask for the permission. */
  readonly needs: (permission: string) => void
  /** Runs in a transaction, or with the acknowledgement of a delivery. */
  readonly effect: (delivery: unknown, run: Effect) => Promise<void>
}

/** The host's side of what a module tells people's sockets. */
export function realtimeAnswers({ realtime, needs, effect }: HostFacts) {
  return {
    'realtime-push': async ({ userIds, type, data, delivery }: Input): Promise<void> => {
      needs('realtime')
      await effect(delivery, (tx) =>
        realtime().pushAll(tx, userIds as string[], String(type), data as UpdateData),
      )
    },
    'realtime-signal': async ({ userIds, type, data }: Input): Promise<void> => {
      needs('realtime')
      realtime().signal(userIds as string[], String(type), data as UpdateData)
    },
    'realtime-online': async ({ userIds }: Input): Promise<string[]> => {
      needs('realtime')
      return realtime().online(userIds as string[])
    },
  }
}
