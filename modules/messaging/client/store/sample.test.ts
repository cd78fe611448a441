/// <reference types="node" />
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Chat, Message, Permissions, Rights } from '../protocol/dto.ts'

const RIGHTS: Rights = {
  changeInfo: false,
  post: false,
  editOthers: false,
  deleteOthers: false,
  invite: false,
  pin: false,
  ban: false,
  promote: false,
}
const PERMISSIONS: Permissions = {
  send: true,
  media: true,
  invite: true,
  pin: true,
  changeInfo: true,
}

export function messageOf(seq: number, more: Partial<Message> = {}): Message {
  return {
    chat: 'c',
    seq,
    cid: `cid-${seq}`,
    sender: 'bob',
    date: new Date(Date.UTC(2026, 5, 14, 12, 0, seq)).toISOString(),
    editedAt: null,
    ver: 1,
    kind: 'text',
    text: `text ${seq}`,
    entities: [],
    media: [],
    reply: null,
    forward: null,
    reactions: [],
    preview: null,
    service: null,
    post: null,
    ...more,
  }
}

export function chatOf(lastSeq: number, more: Partial<Chat> = {}): Chat {
  return {
    id: 'c',
    type: 'group',
    title: 'Boat',
    about: '',
    slug: null,
    photo: null,
    peer: null,
    members: 3,
    permissions: PERMISSIONS,
    slowModeS: 0,
    historyHidden: false,
    ev: 1,
    lastSeq,
    othersReadSeq: 0,
    pinnedSeqs: [],
    createdAt: '2026-06-01T00:00:00.000Z',
    large: false,
    last: null,
    me: {
      role: 'member',
      state: 'in',
      rights: RIGHTS,
      readSeq: lastSeq,
      joinedSeq: 0,
      clearedSeq: 0,
      unread: 0,
      mentions: 0,
      markedUnread: false,
      mutedUntil: null,
      pinned: null,
      archived: false,
      draft: null,
    },
    blogOf: null,
    ...more,
  }
}

test('samples are what they are asked to be', () => {
  assert.equal(messageOf(3, { text: 'Ice' }).text, 'Ice')
  assert.equal(chatOf(9).lastSeq, 9)
})
