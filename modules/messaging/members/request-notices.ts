import type { NewNotification } from '#core'
import { rightsOf } from '../policy.ts'
import { select } from '../messages/prepared.ts'
import type { Room } from '../room.ts'
import type { Person } from '../schema.ts'
import { seatIn } from './seats.ts'
import type { ChatTable, MemberTable, Reader, Tx } from '../tables.ts'

/**
 * Tells those who decide that somebody asks to come in, unless they keep this person away. It is said
 * after the request is kept: a crash in between loses the line, not the request.
 */
export async function tellOfRequest(
  { db, people }: Pick<Room, 'db' | 'people'>,
  chat: Pick<ChatTable, 'id' | 'title'>,
  asker: Person,
): Promise<void> {
  const deciding = await decidingIn(db.reader, chat.id)
  const standings = await people.standings(asker.id, deciding)
  const told = deciding.filter((userId) => !standings.get(userId)?.blockedBy)
  await db.transaction(async (tx) => {
    /* Another admin may have been quicker than this line. */
    const seat = await seatIn(tx.db, asker.id, chat.id)
    if (seat?.state !== 'requested') return
    for (const userId of told) await tx.notify(userId, noticeOf(chat, asker))
  })
}

async function decidingIn(db: Reader, chatId: string): Promise<string[]> {
  const leaders = await select<Pick<MemberTable, 'user_id' | 'role' | 'rights'>>(
    db,
    `select user_id, role, rights from messaging_members
     where chat_id = ? and state = 'in' and role <> 'member'`,
    [chatId],
  )
  return leaders.filter((leader) => rightsOf(leader).invite).map((each) => each.user_id)
}

function noticeOf(
  { id: chatId, title }: Pick<ChatTable, 'id' | 'title'>,
  asker: Person,
): NewNotification {
  return {
    kind: 'request',
    text: { en: `asks to join “${title}”`, ru: `просит принять в «${title}»` },
    many: { en: `ask to join “${title}”`, ru: `просят принять в «${title}»` },
    url: `/chats/${chatId}?requests`,
    actorId: asker.id,
    fold: `request/${chatId}`,
    subject: subjectOf(chatId, asker.id),
  }
}

/** What somebody has asked, if they had, is decided or has settled itself. */
export async function withdrawRequest(
  tx: Tx,
  before: Pick<MemberTable, 'chat_id' | 'user_id' | 'state'> | undefined,
): Promise<void> {
  if (before?.state !== 'requested') return
  await tx.withdrawNotifications(subjectOf(before.chat_id, before.user_id))
}

function subjectOf(chatId: string, userId: string): string {
  return `request/${chatId}/${userId}`
}
