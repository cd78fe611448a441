import type { ModerationOrder, Reported } from '#core'
import { type Desk, isUnavailable } from './desk.ts'

/**
 * What stands behind a subject, asked of whoever keeps things of that kind; null where there is
 * nothing any more, and where nobody keeps such things or lets moderators at them.
 */
export async function contentOf({ app }: Pick<Desk, 'app'>, subject: string) {
  const [kind = '', id = ''] = subject.split('/')
  try {
    return await app.call(`reported.${kind}`, { id })
  } catch (error) {
    if (isUnavailable(error)) return null
    throw error
  }
}

/** Of several subjects, in one go. */
export async function contentsOf(
  desk: Pick<Desk, 'app'>,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, Reported | null>> {
  const unique = [...new Set(subjects)]
  const found = await Promise.all(unique.map((subject) => contentOf(desk, subject)))
  return new Map(unique.map((subject, index) => [subject, found[index] ?? null]))
}

/** @throws QL_CALL_UNAVAILABLE while its module does not run. */
export async function moderate(
  { app }: Pick<Desk, 'app'>,
  subject: string,
  order: Omit<ModerationOrder, 'id'>,
): Promise<void> {
  const [kind = '', id = ''] = subject.split('/')
  await app.call(`moderate.${kind}`, { ...order, id })
}

/** Hides or shows what can be hidden at all; the rest is deleted in its time, or stays. */
export async function setHidden(
  desk: Pick<Desk, 'app'>,
  subject: string,
  order: Omit<ModerationOrder, 'id'>,
): Promise<void> {
  const content = await contentOf(desk, subject)
  if (content?.acts.includes(order.act) === true) await moderate(desk, subject, order)
}

/** `post` of `post/<id>`. */
export function kindOf(subject: string): string {
  return subject.split('/', 1)[0] ?? ''
}
