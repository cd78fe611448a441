import type { MessageTable, Reader } from '../tables.ts'
import { forgetShared, indexShared } from './shared-index.ts'
import { forgetMessages, indexMessages, reindexMessage } from './word-index.ts'

type Writer = Pick<Reader, 'executeQuery'>

/** From now on a message is found by its words and by what it brings. */
export async function makeFindable(db: Writer, message: MessageTable): Promise<void> {
  if (message.kind === 'service') return
  await indexMessages(db, [message])
  await indexShared(db, [message])
}

/** Whatever changes a message's words or what it brings calls this, in the same transaction. */
export async function findAnew(db: Writer, before: MessageTable, now: MessageTable): Promise<void> {
  await reindexMessage(db, before, now)
  await forgetShared(db, [before])
  await indexShared(db, [now])
}

/** Nothing finds them any more. Call it with the messages as they were. */
export async function makeUnfindable(db: Writer, messages: readonly MessageTable[]): Promise<void> {
  await forgetMessages(db, messages)
  await forgetShared(db, messages)
}
