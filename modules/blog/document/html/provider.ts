import { siteOf } from '../address.ts'

export interface Card {
  url: string
  provider: string
}

interface Provider {
  name: string
  hosts: readonly string[]
  /** The address of the page behind the address of the player. */
  page?: (url: URL) => string | undefined
}

const PROVIDERS: readonly Provider[] = [
  {
    name: 'youtube',
    hosts: ['youtube.com', 'm.youtube.com', 'youtube-nocookie.com', 'youtu.be'],
    page: youtubePage,
  },
  {
    name: 'vimeo',
    hosts: ['vimeo.com', 'player.vimeo.com'],
    page: (url) => rewrite(url, /^\/video\/(\d+)/, 'https://vimeo.com/'),
  },
  {
    name: 'rutube',
    hosts: ['rutube.ru'],
    page: (url) => rewrite(url, /^\/play\/embed\/(\w+)/, 'https://rutube.ru/video/'),
  },
  { name: 'vk', hosts: ['vk.com', 'vkvideo.ru', 'vk.ru'] },
  {
    name: 'dailymotion',
    hosts: ['dailymotion.com'],
    page: (url) => rewrite(url, /^\/embed\/video\/(\w+)/, 'https://www.dailymotion.com/video/'),
  },
  {
    name: 'spotify',
    hosts: ['open.spotify.com'],
    page: (url) => rewrite(url, /^\/embed\/(.+)/, 'https://open.spotify.com/'),
  },
  {
    name: 'soundcloud',
    hosts: ['soundcloud.com', 'w.soundcloud.com'],
    page: (url) => url.searchParams.get('url') ?? undefined,
  },
  { name: 'yandex-music', hosts: ['music.yandex.ru'] },
  { name: 'yandex-maps', hosts: ['maps.yandex.ru'] },
  {
    name: 'google-maps',
    hosts: ['maps.google.com', 'google.com'],
    page: (url) => (url.pathname.startsWith('/maps') ? url.href : undefined),
  },
  { name: 'telegram', hosts: ['t.me'] },
  { name: 'mastodon', hosts: ['mastodon.social'] },
  { name: 'twitter', hosts: ['twitter.com', 'x.com'] },
  { name: 'instagram', hosts: ['instagram.com'] },
  { name: 'facebook', hosts: ['facebook.com'] },
  { name: 'tiktok', hosts: ['tiktok.com'] },
  { name: 'flickr', hosts: ['flickr.com', 'flic.kr'] },
  { name: 'codepen', hosts: ['codepen.io'], page: (url) => url.href.replace('/embed/', '/pen/') },
  { name: 'wordpress-tv', hosts: ['wordpress.tv'] },
  {
    name: 'videopress',
    hosts: ['videopress.com'],
    page: (url) => rewrite(url, /^\/embed\/(\w+)/, 'https://videopress.com/v/'),
  },
]

/** The link card for an address or a player of a known site; `undefined` for any other site. */
export function cardOf(address: string): Card | undefined {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined
  const site = siteOf(address)
  const provider = PROVIDERS.find((candidate) => candidate.hosts.includes(site))
  if (provider === undefined) return undefined
  const page = provider.page === undefined ? address : provider.page(url)
  if (page !== undefined) return { url: page, provider: provider.name }
  // A player page without a known form would be a bare frame; a plain page is a good card.
  return /embed|player/.test(url.host + url.pathname) || provider.name === 'google-maps'
    ? undefined
    : { url: address, provider: provider.name }
}

function youtubePage(url: URL): string | undefined {
  const id = /^\/(?:embed|shorts|live)\/([\w-]{6,})/.exec(url.pathname)?.[1]
  return id === undefined ? undefined : `https://www.youtube.com/watch?v=${id}`
}

function rewrite(url: URL, path: RegExp, base: string): string | undefined {
  const rest = path.exec(url.pathname)?.[1]
  return rest === undefined ? undefined : base + rest
}
