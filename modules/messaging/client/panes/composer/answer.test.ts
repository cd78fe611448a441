/// <reference types="node" />
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Message } from '../../protocol/dto.ts'
import { messageOf } from '../../store/sample.test.ts'
import { Answer, type AnswerDesk } from './answer.ts'

function deskOf(): AnswerDesk & { chat: string; answering: Message | undefined } {
  return {
    chat: 'c',
    answering: undefined,
    editing: undefined,
    answer(message) {
      this.answering = message
    },
  }
}

test('what a draft answers comes back with it, and goes with it', async () => {
  const desk = deskOf()
  const answer = new Answer({ desk, chat: 'c', find: async (seq) => messageOf(seq) })
  const coming = answer.follow(3)
  assert.equal(answer.keptWith('words'), 3, 'whoever types meanwhile does not lose it')
  await coming
  assert.equal(desk.answering?.seq, 3)
  await answer.follow(5)
  assert.equal(desk.answering?.seq, 5, 'another device has chosen another')
  await answer.follow(null)
  assert.equal(desk.answering, undefined)
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
  const coming = answer.follow(3)
  desk.answer(messageOf(7))
  assert.equal(answer.chosen(), true)
  await coming
  assert.equal(desk.answering?.seq, 7)
})

test('nothing comes into a chat that has been left, nor what was deleted', async () => {
  const desk = deskOf()
  await new Answer({ desk, chat: 'c', find: deleted }).follow(3)
  assert.equal(desk.answering, undefined)
  const left = new Answer({ desk, chat: 'c', find: async (seq) => messageOf(seq) })
  const coming = left.follow(3)
  desk.chat = 'd'
  await coming
  assert.equal(desk.answering, undefined)
  assert.equal(left.chosen(), false, 'what is answered elsewhere is not kept here')
})

async function deleted(seq: number): Promise<Message> {
  return messageOf(seq, { deleted: true })
}
