/// <reference types="node" />
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Attachment, Message } from '../protocol/dto.ts'
import { settled } from '../../../../test/support/fake-world.ts'
import { Gallery, type GalleryPage, piecesOf } from './gallery.ts'
import { messageOf } from './sample.test.ts'

const SIDE = 2

function attached(id: string, kind: Attachment['kind']): Attachment {
  return { id, kind, url: `/media/${id}`, name: '', bytes: 1, mime: 'image/webp' }
}

/** A message with so many pictures, and a file that is none. */
function withPictures(seq: number, count: number): Message {
  const pictures = Array.from({ length: count }, (_each, at) => attached(`${seq}.${at}`, 'photo'))
  return messageOf(seq, { media: [...pictures, attached(`${seq}.file`, 'file')] })
}

/** A chat in which every third message has as many pictures as it says. */
class FakeChat {
  readonly messages: readonly Message[]
  readonly asked: number[] = []
  isAway = false

  constructor(...counts: readonly number[]) {
    this.messages = counts.map((count, at) => withPictures(3 * (at + 1), count))
  }

  open(index: number, at = 0): Gallery {
    const message = this.messages[index]
    assert.ok(message)
    return new Gallery((seq) => this.#page(seq), message, at)
  }

  async #page(seq: number): Promise<GalleryPage | undefined> {
    this.asked.push(seq)
    if (this.isAway) return undefined
    const { messages } = this
    const at = messages.findLastIndex((each) => each.seq <= seq)
    const [from, to] = [Math.max(0, at - SIDE), at + SIDE + 1]
    return {
      items: messages.slice(from, to),
      before: messages.slice(0, from).flatMap(piecesOf).length,
      after: messages.slice(to).flatMap(piecesOf).length,
    }
  }
}

function standing({ shown, number, count }: Gallery): string {
  return `${shown?.media.id} ${number}/${count}`
}

test('a picture stands among all of its chat as soon as the station has said how many there are', async () => {
  const gallery = new FakeChat(1, 2, 1, 3, 1, 1, 1).open(3, 1)
  assert.equal(standing(gallery), '12.1 2/3')
  await gallery.begin()
  assert.equal(standing(gallery), '12.1 6/10')
})

test('all are walked from one end to the other, each once, and no further', async () => {
  const chat = new FakeChat(1, 2, 1, 3, 1, 1, 1, 2, 1, 1)
  const gallery = chat.open(4)
  await gallery.begin()
  for (let step = 0; step < 20; step++) {
    gallery.go(-1)
    await settled()
  }
  const walked = [standing(gallery)]
  while (gallery.number < gallery.count) {
    gallery.go(1)
    await settled()
    walked.push(standing(gallery))
  }
  const all = chat.messages.flatMap(piecesOf)
  assert.deepEqual(
    walked,
    all.map(({ media }, at) => `${media.id} ${at + 1}/${all.length}`),
  )
  assert.equal(gallery.go(1), false)
  await settled()
  assert.equal(gallery.number, all.length)
})

test('a step beyond what has come is taken when more comes', async () => {
  const chat = new FakeChat(1, 1, 1, 1, 1, 1, 1)
  const gallery = chat.open(3)
  const begun = gallery.begin()
  assert.equal(gallery.go(1), false)
  await begun
  assert.equal(standing(gallery), '15.0 5/7')
})

test('without an answer one looks at what is there', async () => {
  const chat = new FakeChat(1, 3, 1)
  chat.isAway = true
  const gallery = chat.open(1)
  await gallery.begin()
  assert.deepEqual([gallery.go(-1), gallery.go(1), standing(gallery)], [false, true, '6.1 2/3'])
})
