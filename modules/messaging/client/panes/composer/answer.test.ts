/// <reference types="node" />
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message, Quote } from '../../protocol/dto.ts'
import { messageOf } from '../../store/sample.test.ts'
import { Answer, type AnswerDesk } from './answer.ts'

interface OpenDesk extends AnswerDesk {
  chat: string
  answering: Message | undefined
  quote: Quote | undefined
}

function deskOf(): OpenDesk {
  return {
    chat: 'c',
    answering: undefined,
    quote: undefined,
    editing: undefined,
    answer(message, quote) {
      this.answering = message
      this.quote = quote
    },
  }
}

test('what a draft answers comes back with it, and goes with it', async () => {
  const desk = deskOf()
  const answer = new Answer({ desk, chat: 'c', find: async (seq) => messageOf(seq) })
  const coming = answer.follow({ seq: 3 })
  assert.equal(answer.keptWith('words')?.seq, 3, 'whoever types meanwhile does not lose it')
  await coming
  assert.equal(desk.answering?.seq, 3)
  await answer.follow({ seq: 5 })
  assert.equal(desk.answering?.seq, 5, 'another device has chosen another')
  await answer.follow(undefined)
  assert.equal(desk.answering, undefined)
})

test('what was quoted comes back with it, unless it is there no more', async () => {
  const quote = { text: '3', offset: 5 }
  const desk = deskOf()
  const answer = new Answer({ desk, chat: 'c', find: async (seq) => messageOf(seq) })
  const coming = answer.follow({ seq: 3, quote })
  assert.deepEqual(answer.keptWith('words'), { seq: 3, quote }, 'not shown yet')
  await coming
  assert.deepEqual([desk.answering?.seq, desk.quote], [3, quote])
  assert.deepEqual(answer.keptWith('words'), { seq: 3, quote })
  const other = deskOf()
  await new Answer({ desk: other, chat: 'c', find: changed }).follow({ seq: 3, quote })
  assert.deepEqual([other.answering?.seq, other.quote], [3, undefined])
})

test('words are taken away and written anew under what they answer', async () => {
  const desk = deskOf()
  const answer = new Answer({ desk, chat: 'c', find: async (seq) => messageOf(seq) })
  desk.answer(messageOf(3))
  await answer.follow(answer.keptWith('words'))
  await answer.follow(answer.keptWith(''))
  assert.equal(desk.answering?.seq, 3)
})

test('what the person chooses meanwhile stays', async () => {
  const desk = deskOf()
  const answer = new Answer({ desk, chat: 'c', find: async (seq) => messageOf(seq) })
  const coming = answer.follow({ seq: 3 })
  desk.answer(messageOf(7))
  assert.equal(answer.chosen(), true)
  await coming
  assert.equal(desk.answering?.seq, 7)
})

test('nothing comes into a chat that has been left, nor what was deleted', async () => {
  const desk = deskOf()
  await new Answer({ desk, chat: 'c', find: deleted }).follow({ seq: 3 })
  assert.equal(desk.answering, undefined)
  const left = new Answer({ desk, chat: 'c', find: async (seq) => messageOf(seq) })
  const coming = left.follow({ seq: 3 })
  desk.chat = 'd'
  await coming
  assert.equal(desk.answering, undefined)
  assert.equal(left.chosen(), false, 'what is answered elsewhere is not kept here')
})

async function changed(seq: number): Promise<Message> {
  return messageOf(seq, { text: 'other words' })
}

async function deleted(seq: number): Promise<Message> {
  return messageOf(seq, { deleted: true })
}
