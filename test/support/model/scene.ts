import assert from 'node:assert/strict'
import { ask, rt, type TestChat } from '../messenger.ts'
import type { Answer, Visitor } from '../visitor.ts'
import type { ModelWorld } from './world.ts'

/** Who does something, where, and with what; all of it drawn by chance. */
export interface Scene {
  readonly world: ModelWorld
  readonly who: Visitor
  readonly other: Visitor
  /** One of the devices of `who`, by its place. */
  readonly device: number
  readonly chat: string
  /** Of one of the last messages of the chat. */
  readonly seq: number
  /** From 1 to 12, for whatever needs a number. */
  readonly n: number
}

/** One thing somebody does. A refusal is an answer like any other. */
export type Deed = (scene: Scene) => Promise<unknown>
export type Deeds = Readonly<Record<string, Deed>>

/** Asks a method, which may be refused but must not fail. */
export async function tries(who: Visitor, method: string, input: object): Promise<Answer> {
  const answer = await rt(who, method, input)
  assert.ok(answer.status < 500, `${method}: ${answer.text}`)
  return answer
}

/** A deed that is one request about the chat. */
export function asks(method: string, inputOf: (scene: Scene) => object = () => ({})): Deed {
  return (scene) => tries(scene.who, method, { chat: scene.chat, ...inputOf(scene) })
}

export async function made(who: Visitor, order: object): Promise<string> {
  return (await ask<{ chat: TestChat }>(who, 'chats.create', order)).chat.id
}
