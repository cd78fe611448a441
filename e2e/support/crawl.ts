import type { APIRequestContext } from '@playwright/test'

/** A page as a visitor without a browser has it. */
export interface Found {
  readonly status: number
  /** Absolute addresses on this station, with their fragments. */
  readonly links: readonly string[]
  readonly ids: ReadonlySet<string>
  /** The page that led here, or nothing for a seed. */
  readonly from: string | undefined
}

/**
 * Follows the links of a station from some addresses on. Every linked address of the station is
 * asked for once, but only pages that `isOpen` accepts are read for further links.
 */
export async function crawl(
  request: APIRequestContext,
  seeds: readonly string[],
  isOpen: (url: URL) => boolean,
): Promise<ReadonlyMap<string, Found>> {
  const found = new Map<string, Found>()
  const waiting: { url: string; from: string | undefined }[] = seeds.map((url) => ({
    url,
    from: undefined,
  }))
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { url, from } = next
    if (found.has(url)) continue
    const answer = await request.get(url)
    const isHtml = answer.headers()['content-type']?.includes('html') === true
    const html = isHtml && isOpen(new URL(url)) ? await answer.text() : ''
    const links = linksIn(html, url)
    const ids = new Set(Array.from(html.matchAll(/\sid="([^"]+)"/g), ([, id = '']) => id))
    found.set(url, { status: answer.status(), links, ids, from })
    waiting.push(...links.map((link) => ({ url: withoutFragment(link), from: url })))
  }
  return found
}

/** Links that lead to no page, or to no place in their page, as sentences. */
export function deadLinks(found: ReadonlyMap<string, Found>): string[] {
  const missing = [...found]
    .filter(([, { status }]) => status >= 400)
    .map(([url, { status, from }]) => `${from ?? 'the beginning'} leads to ${url}: ${status}`)
  const nowhere = [...found].flatMap(([url, { links }]) =>
    links
      .filter((link) => {
        const { hash } = new URL(link)
        const target = found.get(withoutFragment(link))
        const id = decodeURIComponent(hash.slice(1))
        return id !== '' && id !== 'top' && target && target.ids.size > 0 && !target.ids.has(id)
      })
      .map((link) => `${url} leads to ${link}, which is not in that page`),
  )
  return [...missing, ...nowhere]
}

/** Addresses of a sitemap and the maps it names. */
export async function sitemap(request: APIRequestContext, url: string): Promise<string[]> {
  const xml = await (await request.get(url)).text()
  const addresses = Array.from(xml.matchAll(/<loc>([^<]+)</g), ([, loc = '']) => decoded(loc))
  if (!xml.includes('<sitemapindex')) return addresses
  const parts = await Promise.all(addresses.map((part) => sitemap(request, part)))
  return parts.flat()
}

function linksIn(html: string, base: string): string[] {
  const { origin } = new URL(base)
  const links = Array.from(html.matchAll(/<(?:a|area|link)\s[^>]*?href="([^"]*)"/g))
  return links
    .map(([, href = '']) => decoded(href))
    .filter((href) => URL.canParse(href, base))
    .map((href) => new URL(href, base).href)
    .filter((href) => href.startsWith(`${origin}/`))
}

function decoded(text: string): string {
  return text.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}

function withoutFragment(url: string): string {
  const [address = ''] = url.split('#')
  return address
}
