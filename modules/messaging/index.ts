import type { App } from '#core'
import { provideCalls } from './calls.ts'
import {
  ChatCreated,
  ChatUpdated,
  MemberJoined,
  MemberLeft,
  MessageDeleted,
  MessageEdited,
  MessageLinked,
  MessagePreviewed,
  MessageSent,
} from './events.ts'
import { chatMethods } from './methods/chats.ts'
import { inviteMethods } from './methods/invites.ts'
import { markMethods } from './methods/marks.ts'
import { memberMethods } from './methods/members.ts'
import { messageMethods } from './methods/messages.ts'
import { presenceMethods } from './methods/presence.ts'
import { provideFinding } from './search/finding.ts'
import { lastSeenPages } from './pages/last-seen.ts'
import { blogChannelPages } from './pages/blog-channel.ts'
import { channelPages } from './pages/channel.ts'
import { joinPages } from './pages/join.ts'
import { reportingMethods } from './methods/reporting.ts'
import { searchMethods } from './methods/search.ts'
import { whoReactedMethods } from './methods/who-reacted.ts'
import { chatsPages } from './pages/chats.ts'
import { tellPeopleAway } from './notices/told-people.ts'
import { People } from './people.ts'
import { bindPersonalData } from './personal/personal-data.ts'
import { followPosts } from './neighbours/post-cards.ts'
import { retellPresence, tellPresence } from './presence/presence.ts'
import { findOldLinks } from './previews/old-post-links.ts'
import { previewLinks } from './previews/previewing.ts'
import { bindModeration } from './reports/reported-messages.ts'
import type { Room } from './room.ts'
import { blogChannelRoutes } from './routes/blog-channel.ts'
import { chatRoutes } from './routes/chats.ts'
import { messageRoutes } from './routes/messages.ts'
import { SteadyClock } from './log/steady-clock.ts'
import type { MessagingTables } from './tables.ts'
import { wipeDeletedChats } from './chats/wiping.ts'

/** What the messenger offers to the station. */
export function register(app: App): void {
  const clock = new SteadyClock(app.clock)
  const people = new People(app, () => clock.nowMs())
  const room: Room = { app, db: app.db<MessagingTables>(), people, clock }

  app.eventBus.define('message.sent', MessageSent)
  app.eventBus.define('message.edited', MessageEdited)
  app.eventBus.define('message.deleted', MessageDeleted)
  app.eventBus.define('message.linked', MessageLinked)
  app.eventBus.define('message.previewed', MessagePreviewed)
  app.eventBus.define('chat.created', ChatCreated)
  app.eventBus.define('chat.updated', ChatUpdated)
  app.eventBus.define('member.joined', MemberJoined)
  app.eventBus.define('member.left', MemberLeft)

  chatMethods(room)
  markMethods(room)
  memberMethods(room)
  inviteMethods(room)
  messageMethods(room)
  presenceMethods(room)
  reportingMethods(room)
  searchMethods(room)
  whoReactedMethods(room)

  chatRoutes(room)
  blogChannelRoutes(room)
  messageRoutes(room)
  chatsPages(room)
  channelPages(room)
  joinPages(room)
  blogChannelPages(room)
  lastSeenPages(room)
  provideCalls(room)
  provideFinding(room)
  app.realtime.topics('messaging.topics')
  app.realtime.onPresence((change) => tellPresence(room, change))
  app.onEvent('block.created', ({ data }) => retellPresence(room, data))
  app.onEvent('block.removed', ({ data }) => retellPresence(room, data))
  app.onEvent('user.updated', async ({ data }) => people.forget((data as { id: string }).id))

  app.onEvent('message.sent', ({ data }) => tellPeopleAway(room, data))
  followPosts(room)
  previewLinks(room)
  findOldLinks(room)
  bindModeration(app, room)
  bindPersonalData(room)
  wipeDeletedChats(room)
  app.demo(30, async (stage) => {
    const { fillWithChats } = await import('./demo/fill.ts')
    await fillWithChats(room, stage)
  })
}
