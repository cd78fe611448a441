import { join } from 'node:path'
import type { APIResponse, Browser } from '@playwright/test'
import sharp from 'sharp'
import { mp4, OGG_VOICE } from '../../test/support/films.ts'
import { ask, newGroup, onPage, say, type Sent, type Talker } from './chats.ts'
import { type Newcomer, registerQuickly } from './people.ts'

/** Chats in which every kind of content stands, for whoever looks at how it is drawn. */
export interface Stage {
  /** Sees them all; has been to none of them. */
  readonly alice: Talker
  readonly bob: Talker
  readonly carol: Talker
  /** Is in no chat. */
  readonly dora: Talker
  /** Somebody whose every word is too long, too high, or runs the other way. */
  readonly hostile: Talker
  readonly chats: Readonly<Record<ChatName, string>>
  /** Numbers of messages in the group. */
  readonly seqs: Readonly<Record<SeqName, number>>
  /** Of the public page of the channel. */
  readonly slug: string
  /** Where one asks to come into the group. */
  readonly joinPath: string
}

type ChatName = 'group' | 'private' | 'empty' | 'channel' | 'own' | 'hostile'
type SeqName = 'texts' | 'album' | 'film' | 'quoted' | 'forward' | 'link' | 'loose' | 'last'

const ART = join(import.meta.dirname, '..', '..', 'static', 'art')
const LEVELS = Array.from({ length: 64 }, (_, at) => Math.round(16 + 15 * Math.sin(at * at)))
const VOICE = { durationMs: '42000', waveform: LEVELS.join(',') }
const WORD = 'Рентгеноэлектрокардиографического'.repeat(4)
/** Signs that pile up over one letter. */
const PILE = `n${'\u0301'.repeat(40)}`
const ARABIC = 'مرحبا بكم في البحيرة، الجليد رقيق هذا الصباح'

const TEXTS = [
  'Сбор в 7:40 у причала. **Термос**, _спички_, ~~зонт~~, ещё одна катушка и ||бинокль||.',
  '> Лёд поёт, если слушать.\n> И молчит, если нет.\nТак написано у часовни. Подробности: https://example.org/lake/ice?day=14#songs и [карта берега](https://example.org/map) #лёд',
  'Команда `npm start`, а целиком так:\n```ts\nfor (const frame of night) {\n  lit += count(frame, { threshold: 0.6, margin: 12, isQuiet: true, name: "the house on the hill" })\n}\n```',
] as const

/** Makes the people and lets them talk. Whoever asks for it waits a few seconds. */
export async function setStage(browser: Browser, url: string): Promise<Stage> {
  const enter = (name: string, displayName: string): Promise<Talker> =>
    person(browser, url, { username: `${name}-${process.pid}`, displayName })
  const alice = await enter('alice', 'Алиса Волкова')
  const bob = await enter('bob', 'Боб Лунин')
  const carol = await enter('carol', 'Carol Whitfield')
  const dora = await enter('dora', 'Дора')
  const hostile = await enter('wide', `${WORD.slice(0, 70)}${PILE.slice(0, 10)}`)
  await put(bob, '/api/v1/me/avatar', await picture('lake-dawn', 400, 400))
  await put(carol, '/api/v1/me/avatar', await picture('lake-night', 400, 400))

  const slug = `quiet-water-${alice.username}`
  const { channel, post } = await fillChannel(bob, slug)
  await ask(alice, 'chats.join', { chat: channel })
  const group = await newGroup(alice, 'Лодка и плёнка', [bob, carol])
  const seqs = await fillGroup({ alice, bob, carol }, { chat: group, post })
  const own = await ownChannel(alice)
  const chats = {
    group,
    channel,
    own,
    private: await opened(alice, bob),
    empty: await opened(alice, dora),
    hostile: await fillHostile(alice, hostile),
  }
  await fillList({ alice, bob, carol }, chats)
  const joinPath = await askIn(dora, alice, group)
  return { alice, bob, carol, dora, hostile, chats, seqs, slug, joinPath }
}

/** Stays as long as the browser, whatever tests end. */
async function person(browser: Browser, url: string, newcomer: Newcomer): Promise<Talker> {
  const context = await browser.newContext()
  await registerQuickly(context, url, newcomer)
  return onPage(context, url, newcomer.username)
}

type Cast = Pick<Stage, 'alice' | 'bob' | 'carol'>

async function fillGroup(
  { alice, bob, carol }: Cast,
  { chat, post }: { readonly chat: string; readonly post: string },
): Promise<Stage['seqs']> {
  const about = 'Ходим по воде и снимаем на плёнку. Следующий выход 14 июня, сбор у причала.'
  await ask(alice, 'chats.update', { chat, about })
  await put(alice, `/api/v1/chats/${chat}/photo`, await picture('lake-dawn', 600, 600))
  const [first, second, third] = TEXTS
  const texts = await say(alice, chat, first)
  await say(bob, chat, `${second} @${alice.username}`)
  await say(carol, chat, third)
  const sight = await show(bob, chat, 'Отсканировал первые кадры. Большой снят в четыре утра.', [
    await picture('lake-dawn', 1200, 900),
    await picture('lake-night', 900, 900),
    await picture('lake-night', 1200, 500),
  ])
  await react({ alice, bob, carol }, chat, sight.seq)
  const quoted = await say(alice, chat, 'Тот, где лодка, просится на обложку.', {
    reply: { seq: texts.seq, quote: { text: 'Сбор в 7:40 у причала', offset: 0 } },
  })
  await say(alice, chat, 'Подпись, конечно, твоя.', { reply: { seq: sight.seq } })
  const changed = await say(carol, chat, 'I shall bring two rols')
  await ask(carol, 'msg.edit', { chat, seq: changed.seq, text: 'I shall bring two rolls' })
  const gone = await say(carol, chat, 'nothing to see')
  await ask(carol, 'msg.delete', { chat, seqs: [gone.seq], for: 'all' })
  const film = await show(carol, chat, '', [], [{ name: 'lake.mp4', bytes: mp4() }])
  await show(bob, chat, 'Одна, с подписью', [await picture('lake-dawn', 700, 1000)])
  await voice(bob, chat)
  await show(
    bob,
    chat,
    '',
    [],
    [{ name: 'Шхеры, маршрут на 3 дня.gpx', bytes: Buffer.alloc(188_416, 60) }],
  )
  await say(alice, chat, '🎉')
  const loose = await say(bob, chat, '❤️👍🏽')
  await react({ alice, bob, carol }, chat, loose.seq)
  await say(carol, chat, '😂', { reply: { seq: film.seq } })
  const forward = await passOn(alice, chat, { from: chat, seq: sight.seq })
  const link = await say(carol, chat, `Перечитываю [запись про туман](${post})`)
  await ask(alice, 'chats.update', { chat, title: 'Лодка и плёнка: май' })
  await ask(alice, 'chats.update', { chat, title: 'Лодка и плёнка' })
  await say(alice, chat, '🔥')
  for (const { seq } of [texts, sight, forward]) {
    await ask(alice, 'msg.pin', { chat, seq, pinned: true })
  }
  const last = await say(alice, chat, 'Беру газ, котелок и запасную катушку.')
  return {
    texts: texts.seq,
    album: sight.seq,
    film: film.seq,
    quoted: quoted.seq,
    forward: forward.seq,
    link: link.seq,
    loose: loose.seq,
    last: last.seq,
  }
}

async function react({ alice, bob, carol }: Cast, chat: string, seq: number): Promise<void> {
  await ask(alice, 'msg.react', { chat, seq, emoji: '❤️' })
  await ask(bob, 'msg.react', { chat, seq, emoji: '❤️' })
  await ask(carol, 'msg.react', { chat, seq, emoji: '🔥' })
}

/** A channel that goes with somebody's blog, and a post in both. */
async function fillChannel(
  owner: Talker,
  slug: string,
): Promise<{ channel: string; post: string }> {
  const about =
    'Заметки о воде, свете и медленной фотографии. Новые записи блога приходят сюда сами.'
  const { chat } = await ask<Opened>(owner, 'chats.create', {
    type: 'channel',
    title: 'Тихая вода',
    about,
    slug,
  })
  const chosen = await owner.context.request.post(`${owner.url}/me/channel`, {
    headers: { origin: owner.url },
    form: { chat: chat.id },
  })
  expectDone(chosen)
  await say(owner, chat.id, 'Перечитывал, как устроена проявка в две ванны. Сохраните, пригодится.')
  const mediaId = await upload(owner, '/api/v1/media', await picture('lake-night', 1200, 700))
  const posted = await owner.context.request.post(`${owner.url}/api/v1/posts`, {
    headers: { origin: owner.url },
    data: {
      title: 'Как пахнет туман',
      excerpt:
        'Четыре утра, мостки, термос. Почему лучшие кадры получаются, когда почти ничего не видно.',
      content: { markdown: 'Туман пахнет железом.' },
      cover: { mediaId, alt: 'Озеро ночью' },
      status: 'published',
    },
  })
  expectDone(posted)
  const { url } = (await posted.json()) as { url: string }
  await say(owner, chat.id, '**Сегодня.** Тихо, минус шесть, лёд держится в заливе. #лёд')
  return { channel: chat.id, post: new URL(url, owner.url).pathname }
}

async function ownChannel(owner: Talker): Promise<string> {
  const order = { type: 'channel', title: 'Чертежи лодки', about: 'Для тех, кто строит' }
  const { chat } = await ask<Opened>(owner, 'chats.create', order)
  await say(owner, chat.id, 'Киль готов.')
  return chat.id
}

/** Long words, an unending pile, a text from right to left, and an address that cannot be broken. */
async function fillHostile(alice: Talker, hostile: Talker): Promise<string> {
  const chat = await newGroup(hostile, WORD.slice(0, 100), [alice])
  await ask(hostile, 'chats.update', { chat, about: WORD.slice(0, 250) })
  const first = await say(hostile, chat, WORD)
  await say(hostile, chat, `${ARABIC}\n**${ARABIC}** и по-русски`)
  await say(alice, chat, Array.from({ length: 30 }, () => PILE).join(' '))
  await say(hostile, chat, `\`${WORD}\`\n> ${WORD}\nhttps://example.org/${'very-long/'.repeat(30)}`)
  await say(alice, chat, WORD.slice(0, 60), { reply: { seq: first.seq } })
  await show(
    hostile,
    chat,
    '',
    [],
    [{ name: `${WORD.slice(0, 90)}.pdf`, bytes: Buffer.from('%PDF-') }],
  )
  await say(hostile, chat, `\u202E${ARABIC} ${'👩‍👩‍👧‍👦'.repeat(20)}`)
  await ask(hostile, 'msg.pin', { chat, seq: first.seq, pinned: true })
  return chat
}

/** Rows that say different things. */
async function fillList({ alice, bob, carol }: Cast, chats: Stage['chats']): Promise<void> {
  const saved = await opened(alice, alice)
  await say(alice, saved, 'Список плёнок: Portra 400, HP5, Ektar')
  await say(bob, chats.private, 'Третий кадр отдам тебе для обложки')
  await say(alice, chats.private, 'Спасибо, он лучший')
  const watch = await newGroup(carol, 'Дежурные у воды', [alice, bob])
  await say(carol, watch, `@${alice.username}, ключ от избы у тебя?`)
  await say(carol, watch, 'И дрова там уже есть')
  const loud = await newGroup(bob, 'Петербург читает', [alice, carol])
  await say(bob, loud, 'перевод Рильке у них слабее')
  await ask(alice, 'chats.mute', { chat: loud, forS: 86_400 })
  const old = await newGroup(bob, 'Прошлогодний лёд', [alice])
  await ask(alice, 'chats.archive', { chat: old, archived: true })
  await ask(alice, 'chats.pin', { chat: chats.group, position: 0 })
  await ask(alice, 'chats.pin', { chat: chats.channel, position: 1 })
  const { chat } = await ask<Opened>(alice, 'chats.open', { username: carol.username })
  await say(carol, chat.id, 'Is the cover ready?')
  await ask(alice, 'chats.read', { chat: chat.id, seq: 1 })
  const draft = { text: 'Про вёрстку отвечу вечером', replySeq: null }
  await ask(alice, 'chats.draft', { chat: chat.id, draft, ver: 0 })
}

/** Asks to come into a chat by a link, and is not answered. @returns the path of the link. */
async function askIn(guest: Talker, admin: Talker, chat: string): Promise<string> {
  await ask(admin, 'invites.create', { chat, maxUses: 10, forS: 86_400 })
  const order = { chat, approval: true }
  const invite = await ask<{ token: string; path: string }>(admin, 'invites.create', order)
  await ask(guest, 'invites.join', { token: invite.token })
  return invite.path
}

interface Opened {
  readonly chat: { readonly id: string }
}

async function opened(who: Talker, { username }: Talker): Promise<string> {
  const { chat } = await ask<Opened>(who, 'chats.open', { username })
  return chat.id
}

async function passOn(
  who: Talker,
  chat: string,
  { from, seq }: { readonly from: string; readonly seq: number },
): Promise<Sent> {
  const cids = [`stage-${who.username}-${seq}`]
  const { items } = await ask<{ items: readonly Sent[] }>(who, 'msg.forward', {
    chat,
    cids,
    from: { chat: from, seqs: [seq] },
  })
  return items[0] ?? { seq: 0 }
}

interface Brought {
  readonly name: string
  readonly bytes: Buffer
}

/** A message with pictures and files. */
async function show(
  who: Talker,
  chat: string,
  text: string,
  pictures: readonly Buffer[],
  files: readonly Brought[] = [],
): Promise<Sent> {
  const named = pictures.map((bytes, at) => ({ name: `lake-${at}.jpg`, bytes }))
  const mediaIds: string[] = []
  for (const { name, bytes } of [...named, ...files]) {
    mediaIds.push(await upload(who, `/api/v1/chats/${chat}/media`, bytes, name))
  }
  return say(who, chat, text, { mediaIds })
}

async function voice(who: Talker, chat: string): Promise<Sent> {
  const file = { name: 'voice.ogg', mimeType: 'audio/ogg', buffer: OGG_VOICE }
  const answer = await who.context.request.post(`${who.url}/api/v1/chats/${chat}/voice`, {
    headers: { origin: who.url },
    multipart: { ...VOICE, file },
  })
  return say(who, chat, '', { mediaIds: [await idIn(answer)] })
}

async function put(who: Talker, path: string, buffer: Buffer): Promise<void> {
  const answer = await who.context.request.put(who.url + path, {
    headers: { origin: who.url },
    multipart: { file: { name: 'photo.jpg', mimeType: 'image/jpeg', buffer } },
  })
  expectDone(answer)
}

async function upload(who: Talker, path: string, buffer: Buffer, name = 'a.jpg'): Promise<string> {
  const answer = await who.context.request.post(who.url + path, {
    headers: { origin: who.url },
    multipart: { file: { name, mimeType: 'application/octet-stream', buffer } },
  })
  return idIn(answer)
}

async function idIn(answer: APIResponse): Promise<string> {
  expectDone(answer)
  return ((await answer.json()) as { id: string }).id
}

function expectDone(answer: APIResponse): void {
  if (!answer.ok()) throw new Error(`${answer.url()} was answered ${answer.status()}`)
}

/** The station's own art as a photo of this size. */
function picture(name: string, width: number, height: number): Promise<Buffer> {
  return sharp(join(ART, `${name}.svg`))
    .resize(width, height, { fit: 'cover' })
    .jpeg({ quality: 80 })
    .toBuffer()
}
