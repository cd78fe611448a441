import assert from 'node:assert/strict'
import { historyOf, newCid, rt } from '../messenger.ts'
import { type Deeds, type Scene, tries } from './scene.ts'

/** What happens to devices. */
export const devices: Deeds = {
  drop: async (scene) => deviceOf(scene).drop(),
  dropAll: ({ world }) => world.dropAll(),
  meet: async (scene) => deviceOf(scene).connect(),
  look: async (scene) => deviceOf(scene).look(),
  pull: async (scene) => deviceOf(scene).pull(scene.n),
  wait: async ({ world, n }) => world.wait(n * 10),
}

/** What happens to the station. */
export const faults: Deeds = {
  restart: ({ world }) => world.restart(),
  kill: killInMidSend,
}

function deviceOf({ world, who, device }: Scene) {
  return world.deviceOf(who, device)
}

/** The power goes somewhere in the sending of a message, and its sender sends it again. */
async function killInMidSend({ world, who, chat, n, device }: Scene): Promise<void> {
  const order = { chat, cid: newCid(), text: 'at the last moment' }
  await world.kill(n * 3 - device, () => rt(who, 'msg.send', order))
  const { status } = await tries(who, 'msg.send', order)
  if (status !== 200) return
  const { dup } = (await tries(who, 'msg.send', order)).json<{ dup: boolean }>()
  assert.equal(dup, true)
  const said = await historyOf(who, chat, { limit: 100 })
  assert.ok(said.filter(({ cid }) => cid === order.cid).length <= 1)
}
