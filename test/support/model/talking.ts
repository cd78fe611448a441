import { newCid } from '../messenger.ts'
import { asks, type Deeds, type Scene, tries } from './scene.ts'

const says =
  (textOf: (scene: Scene) => string, more: (scene: Scene) => object = () => ({})) =>
  (scene: Scene) => ({ cid: newCid(), text: textOf(scene), ...more(scene) })

const other = ({ other: { username } }: Scene): string => `@${username}`
const reply = ({ seq }: Scene): object => ({ reply: { seq } })

async function album({ who, chat, n }: Scene): Promise<void> {
  const mediaIds: string[] = []
  for (const name of ['plan.txt', 'list.txt']) {
    const bytes = Buffer.from(`${name} of ${n}`)
    const answer = await who.upload(`/api/v1/chats/${chat}/media`, { bytes, name })
    if (answer.status !== 201) return
    mediaIds.push(answer.json<{ id: string }>().id)
  }
  await tries(who, 'msg.send', { chat, cid: newCid(), text: 'look', mediaIds })
}

/** Twice the same, as a program does that has not heard the answer. */
async function stammer({ who, chat, n }: Scene): Promise<void> {
  const order = { chat, cid: newCid(), text: `twice ${n}` }
  await Promise.all([tries(who, 'msg.send', order), tries(who, 'msg.send', order)])
}

/** Two write at the same moment. */
async function chorus({ who, other: second, chat, n }: Scene): Promise<void> {
  const order = (text: string) => ({ chat, cid: newCid(), text })
  await Promise.all([
    tries(who, 'msg.send', order(`one ${n}`)),
    tries(second, 'msg.send', order(`two ${n}`)),
  ])
}

export const talking: Deeds = {
  say: asks(
    'msg.send',
    says(({ n }) => `n${n}`),
  ),
  call: asks('msg.send', says(other)),
  answer: asks(
    'msg.send',
    says(() => 'answer', reply),
  ),
  album,
  stammer,
  chorus,
  edit: asks('msg.edit', (scene) => ({ seq: scene.seq, text: `e${scene.n} ${other(scene)}` })),
  reword: asks('msg.edit', ({ seq, n }) => ({ seq, text: `again ${n}` })),
  hide: asks('msg.delete', ({ seq }) => ({ seqs: [seq], for: 'me' })),
  delete: asks('msg.delete', ({ seq }) => ({ seqs: [seq - 1, seq], for: 'all' })),
  react: asks('msg.react', ({ seq, n }) => ({ seq, emoji: n % 2 === 0 ? '👍' : '🔥' })),
  unreact: asks('msg.react', ({ seq }) => ({ seq, emoji: null })),
  pin: asks('msg.pin', ({ seq }) => ({ seq, pinned: true })),
  unpin: asks('msg.pin', ({ seq }) => ({ seq, pinned: false })),
  view: asks('msg.views', ({ seq }) => ({ seqs: [seq] })),
  type: asks('typing.set', () => ({ what: 'text' })),
  forward: ({ who, chat, seq, n, world }) =>
    tries(who, 'msg.forward', {
      chat,
      cids: [newCid(), newCid()],
      from: { chat: world.chats[n % world.chats.length], seqs: [seq - 1, seq] },
    }),
}
