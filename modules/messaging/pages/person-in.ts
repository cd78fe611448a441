import type { SlotContext } from '#core'

/** On whose page a place is filled. */
export function personIn({ subject = '' }: SlotContext): string | undefined {
  const [kind, userId] = subject.split('/')
  return kind === 'user' ? userId : undefined
}
