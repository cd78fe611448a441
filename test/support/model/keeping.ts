import { asks, type Deeds, tries } from './scene.ts'

/** What somebody keeps about a chat for themselves. */
export const keeping: Deeds = {
  read: asks('chats.read', ({ seq }) => ({ seq })),
  readAll: asks('chats.read', () => ({ seq: 1_000 })),
  mark: asks('chats.mark', () => ({ unread: true })),
  unmark: asks('chats.mark', () => ({ unread: false })),
  mute: asks('chats.mute', ({ n }) => ({ forS: n * 600 })),
  unmute: asks('chats.mute', () => ({ until: null })),
  archive: asks('chats.archive', ({ n }) => ({ archived: n % 3 > 0 })),
  putFirst: asks('chats.pin', ({ n }) => ({ position: n % 3 })),
  putBack: asks('chats.pin', () => ({ position: null })),
  draft: asks('chats.draft', ({ seq, n }) => ({
    draft: {
      text: `d${n}`,
      replySeq: n % 2 === 0 ? seq : null,
      ...(n % 4 === 0 && { quote: { text: 'm', offset: 0 } }),
    },
    ver: 1_000,
  })),
  undraft: asks('chats.draft', () => ({ draft: null, ver: 1_000 })),
  clear: asks('chats.clear'),
  putAway: asks('chats.delete', () => ({ for: 'me' })),
  open: ({ who, other }) => tries(who, 'chats.open', { username: other.username }),
}
