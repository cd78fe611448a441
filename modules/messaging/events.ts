import { type Static, Type } from '#core'
import { ChatType, Id, Seq, Service, State } from './schema.ts'

const closed = { additionalProperties: false } as const

/* Texts never leave by events: who may read a chat asks for them. */

const OfChat = { chatId: Id, chatType: ChatType }

export const MessageSent = Type.Object(
  {
    ...OfChat,
    seq: Seq,
    senderId: Type.Union([Id, Type.Null()]),
    kind: Type.Unsafe<'text' | 'service' | 'post'>({ enum: ['text', 'service', 'post'] }),
    /** Who is called by name or answered, among the members. */
    mentions: Type.Array(Id),
    /** Of a service message. */
    what: Type.Optional(Service.properties.what),
  },
  closed,
)
export const MessageEdited = Type.Object({ ...OfChat, seq: Seq, ver: Type.Integer() }, closed)
export const MessageLinked = Type.Object({ ...OfChat, seq: Seq }, closed)
export const MessagePreviewed = Type.Object({ ...OfChat, seq: Seq }, closed)
export const MessageDeleted = Type.Object({ ...OfChat, seqs: Type.Array(Seq) }, closed)
export const ChatCreated = Type.Object({ ...OfChat, createdBy: Id }, closed)
export const ChatUpdated = Type.Object({ ...OfChat, deleted: Type.Boolean() }, closed)
export const MemberJoined = Type.Object({ ...OfChat, userId: Id, byId: Id }, closed)
export const MemberLeft = Type.Object({ ...OfChat, userId: Id, byId: Id, state: State }, closed)

declare global {
  interface QuarkEvents {
    /** Once for each message, service messages too; subject `chat/<chatId>`, in order of `seq`. */
    'message.sent': Static<typeof MessageSent>
    'message.edited': Static<typeof MessageEdited>
    /** What a message says leads somewhere, or no longer does: the station will look there. */
    'message.linked': Static<typeof MessageLinked>
    /** A card of what stands at its link has come, changed or gone. */
    'message.previewed': Static<typeof MessagePreviewed>
    /** For everybody; hiding a message from oneself tells nobody. */
    'message.deleted': Static<typeof MessageDeleted>
    'chat.created': Static<typeof ChatCreated>
    /** Title, address, permissions and the like; `deleted` when the chat is gone. */
    'chat.updated': Static<typeof ChatUpdated>
    'member.joined': Static<typeof MemberJoined>
    'member.left': Static<typeof MemberLeft>
  }
}
