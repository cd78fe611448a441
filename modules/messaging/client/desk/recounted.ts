import type { Message } from '../protocol/dto.ts'

/** Reactions of a message when one's own has changed. */
export function recounted(
  m: Message,
  from: string | null,
  to: string | null,
): { emoji: string; count: number }[] {
  const counts = new Map(m.reactions.map(({ emoji, count }) => [emoji, count]))
  if (from === to) return [...counts].map(([emoji, count]) => ({ emoji, count }))
  if (from !== null) counts.set(from, (counts.get(from) ?? 1) - 1)
  if (to !== null) counts.set(to, (counts.get(to) ?? 0) + 1)
  return [...counts].filter(([, count]) => count > 0).map(([emoji, count]) => ({ emoji, count }))
}
