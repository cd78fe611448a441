import { peopleIn } from '../messages/history.ts'
import {
  GalleryAnswer,
  GalleryQuestion,
  SearchAnswer,
  SearchQuestion,
  SharedAnswer,
  SharedQuestion,
} from '../inputs.ts'
import { presentMessages } from '../messages/present-message.ts'
import type { Room } from '../room.ts'
import { galleryAround } from '../search/gallery.ts'
import { searchMessages } from '../search/search-messages.ts'
import { searchNames } from '../search/search-names.ts'
import { sharedMessages } from '../search/shared-messages.ts'
import { method } from './method.ts'

/** Pages ask while somebody types. */
const LIMIT = { max: 120, windowS: 60 } as const

/** What is found in the own chats. */
export function searchMethods(room: Room): void {
  method(
    room,
    'msg.search',
    {
      summary: 'Messages that say something in whatever form; everywhere also chats and people',
      input: SearchQuestion,
      output: SearchAnswer,
      limit: LIMIT,
    },
    async (userId, question) => {
      const { items: found, nextCursor } = await searchMessages(room, userId, question)
      const rows = found.map(({ row }) => row)
      const messages = await presentMessages(room.db.reader, rows, userId)
      const items = messages.map((m, at) => ({ m, marks: found[at]?.marks ?? [] }))
      const isFirst = question.chat === undefined && question.cursor === undefined
      const names = isFirst ? await searchNames(room, userId, question.q) : NO_NAMES
      return { items, authors: await peopleIn(room, messages), ...names, nextCursor }
    },
  )
  shared(room)
}

function shared(room: Room): void {
  method(
    room,
    'msg.shared',
    {
      summary: 'Messages of a chat that brought pictures, files, links or a voice',
      input: SharedQuestion,
      output: SharedAnswer,
      limit: LIMIT,
    },
    async (userId, question) => {
      const { rows, nextCursor } = await sharedMessages(room, userId, question)
      const items = await presentMessages(room.db.reader, rows, userId)
      return { items, people: await peopleIn(room, items), nextCursor }
    },
  )
  method(
    room,
    'msg.gallery',
    {
      summary: 'Pictures and films of a chat around a message, and how many there are on each side',
      input: GalleryQuestion,
      output: GalleryAnswer,
      limit: LIMIT,
    },
    async (userId, question) => {
      const { rows, before, after } = await galleryAround(room, userId, question)
      const items = await presentMessages(room.db.reader, rows, userId)
      return { items, people: await peopleIn(room, items), before, after }
    },
  )
}

const NO_NAMES = { chats: [], people: [] }
