import { photo } from '../../test/support/pictures.ts'
import { ask, type Talker } from './chats.ts'

const MESSAGES = 10_000
const AT_ONCE = 24
/** What was answered before has been said by then, however many are on their way. */
const ANSWERED = 100
const WORDS = [
  'Fog.',
  'The ice sang all night, and in the morning it was quiet as far as the lighthouse.',
  'Yes',
  'Tomorrow at seven if it does not rain. If it does, then at seven all the same, with umbrellas and a thermos, because the fog after rain stays until noon.',
] as const

/** Ten thousand messages: albums, code, answers, cards of links, and what was deleted before `read`. */
export async function sayLongHistory(talker: Talker, chat: string, read: number): Promise<void> {
  const mediaIds = await uploaded(talker, chat)
  const slug = `lake-history-${process.pid}`
  const about = 'Ice, wind and the boat. Short and to the point, every day by eight.'
  await ask(talker, 'chats.create', { type: 'channel', title: 'Lake', about, slug })
  await sayAll(talker, chat, (number) => said(number, mediaIds, `/channel/${slug}`))
  const around = Array.from({ length: 90 }, (_each, index) => read - 1_807 + index * 20)
  await ask(talker, 'msg.delete', { chat, seqs: around, for: 'all' })
}

/** What the message of this number says, and with what. */
function said(number: number, pictureIds: readonly string[], link: string): object {
  const words = `${number}. ${WORDS[number % WORDS.length]}`
  const code = 'const water = await lake.freeze()\nreturn water'
  const offset = words.length + 1
  const [text, entities] =
    number % 20 === 5
      ? [`${words}\n${code}`, [{ type: 'pre', offset, length: code.length, language: 'ts' }]]
      : number % 100 === 15
        ? [`${words} More`, [{ type: 'link', offset, length: 4, url: link }]]
        : [words, []]
  const isAnswer = number % 20 === 10 && number > ANSWERED + 1
  const shown = number % 20 === 0 ? pictureIds.slice(0, 1 + ((number / 20) % 5)) : []
  return {
    text: shown.length > 1 && number % 40 === 0 ? '' : text,
    entities: shown.length > 1 && number % 40 === 0 ? [] : entities,
    ...(shown.length > 0 && { mediaIds: shown }),
    ...(isAnswer && { reply: { seq: number - ANSWERED } }),
  }
}

/** A few pictures of different shapes, to be shown again and again. */
async function uploaded({ context, url }: Talker, chat: string): Promise<string[]> {
  const ids: string[] = []
  for (const [seed, height] of [300, 900, 500, 450, 640].entries()) {
    const buffer = await photo({ width: 600, height, seed })
    const answer = await context.request.post(`${url}/api/v1/chats/${chat}/media`, {
      headers: { origin: url },
      multipart: { file: { name: `${seed}.jpg`, mimeType: 'image/jpeg', buffer } },
    })
    ids.push(((await answer.json()) as { id: string }).id)
  }
  return ids
}

/** Past the browser: through it, so many would take minutes. */
async function sayAll(
  { context, url }: Talker,
  chat: string,
  saidAs: (number: number) => object,
): Promise<void> {
  const cookies = await context.cookies(url)
  const headers = {
    cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
    origin: url,
    'content-type': 'application/json',
  }
  let next = 2
  const one = async (): Promise<void> => {
    while (next <= MESSAGES) {
      const number = next++
      const body = JSON.stringify({ chat, cid: `history-${number}`, ...saidAs(number) })
      const answer = await fetch(`${url}/api/v1/rt/msg.send`, { method: 'POST', headers, body })
      await answer.arrayBuffer()
      if (!answer.ok) throw new Error(`Message ${number} was answered ${answer.status}`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
}
