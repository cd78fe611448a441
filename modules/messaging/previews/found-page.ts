import type { Fetched } from '#core'
import { channelPath, publicChannel } from '../chats/channels.ts'
import { errors } from '../errors.ts'
import { isUnavailable } from '../people.ts'
import type { Room } from '../room.ts'
import type { PostCard, Preview } from '../schema.ts'
import { decodedPage, wordsOfPage } from './page-words.ts'

/** What stands at an address, before its picture is kept. */
export interface FoundPage extends Omit<Preview, 'image'> {
  /** An address to fetch it from, or one of this station. */
  readonly image: string | null | undefined
  /** Of this station, where it is one: its card follows the post. */
  readonly postId?: string
}

const PAGE = {
  types: ['text/html', 'application/xhtml+xml'],
  maxBytes: 512 * 1024,
  timeoutMs: 5_000,
  isCut: true,
} as const
const PICTURE = {
  types: ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif'],
  maxBytes: 2 * 1024 * 1024,
  timeoutMs: 5_000,
} as const

/** Pages of this station are known without asking the network; null when there is nothing to show. */
export async function findPage(room: Room, link: string): Promise<FoundPage | null> {
  const { origin } = room.app.station
  const url = URL.parse(link, origin)
  if (!url) return null
  return url.origin === new URL(origin).origin ? ownPage(room, url) : foreignPage(room, url.href)
}

async function ownPage(room: Room, { pathname }: URL): Promise<FoundPage | null> {
  const [, slug] = /^\/channel\/([a-z0-9-]{4,40})$/i.exec(pathname) ?? []
  const site = room.app.station.name
  if (slug !== undefined) {
    const chat = await publicChannel(room, slug).catch(nothingFound)
    if (!chat) return null
    const { title, about: description, photo_id } = chat
    const [photo] = photo_id === null ? [] : await room.app.media.find([photo_id])
    const image = photo?.variants[0]?.url ?? photo?.url
    return { url: channelPath(chat), site, title, description, image }
  }
  const post = await postAt(room, { path: pathname })
  if (!post) return null
  return { ...postPage(room, post), postId: post.id }
}

/** null when it stands in no list; undefined while there is no blog. */
export async function postAt(
  { app }: Pick<Room, 'app'>,
  question: { readonly id: string } | { readonly path: string },
): Promise<NamedPost | null | undefined> {
  try {
    return await app.call('blog.card', question)
  } catch (error) {
    if (isUnavailable(error)) return undefined
    throw error
  }
}

/** What a link to a post shows of it. */
export function postPage({ app }: Pick<Room, 'app'>, post: NamedPost): Preview {
  const { url, title, excerpt: description, cover: image } = post
  return { url, site: app.station.name, title, description, image }
}

/** A post as the blog tells of it. */
export interface NamedPost extends Omit<PostCard, 'author'> {
  readonly authorId: string
  readonly publishedAt: string
}

/** What a message shows that is the card of a post. */
export function cardOf({ id, url, title, excerpt, cover, authorId }: NamedPost): PostCard {
  return { id, url, title, excerpt, cover, author: authorId }
}

function nothingFound(error: unknown): null {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === errors.QL_MSG_NOT_FOUND().code) return null
  throw error
}

async function foreignPage({ app }: Room, link: string): Promise<FoundPage | null> {
  const fetched = await app.http.fetch({ url: link, ...PAGE })
  if ('refused' in fetched) return null
  const words = wordsOfPage(decodedPage(bytesOf(fetched), fetched.contentType))
  if (!words) return null
  const { title, description } = words
  const image = words.image === undefined ? undefined : URL.parse(words.image, fetched.url)?.href
  return { url: link, site: words.site || new URL(fetched.url).hostname, title, description, image }
}

/** The picture of a page, made anew and kept here, so that nobody's browser asks elsewhere. */
export async function keepPicture(
  { app }: Room,
  ownerId: string,
  usage: string,
  image: string | null | undefined,
): Promise<string | null> {
  if (image === undefined || image === null || image.startsWith('/')) return image ?? null
  const fetched = await app.http.fetch({ url: image, ...PICTURE })
  if ('refused' in fetched) return null
  try {
    const picture = { ownerId, bytes: bytesOf(fetched), alt: '', isPassing: true }
    const { id, url, variants } = await app.media.putPicture(picture)
    await app.media.use(usage, [id])
    return variants[0]?.url ?? url
  } catch (error) {
    /* No picture after all, or no room for it: the words do without. */
    app.log.debug('The picture of a link was not kept', { error: String(error) })
    return null
  }
}

function bytesOf({ base64 }: Extract<Fetched, { base64: string }>): Buffer {
  return Buffer.from(base64, 'base64')
}
