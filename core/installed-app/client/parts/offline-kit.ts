const PAGE = '/offline'
const LANGUAGES = ['en', 'ru'] as const

type Language = (typeof LANGUAGES)[number]

/** The language last seen on a page; the words stand at `/offline/<language>`. */
const SPOKEN = '/offline/spoken'

/** Where the browser itself finds a file, without a word to the service worker. */
export interface Route {
  readonly condition: { readonly urlPattern: string }
  readonly source: 'network' | { readonly cacheName: string }
}

/**
 * What the app shows without a network: the page that says so, and the built files. Nobody's pages and
 * no answers are in it. Another build has another name and leaves nothing of this one.
 */
export class OfflineKit {
  readonly #name: string
  readonly #files: readonly string[]

  /** @param files what the page needs. */
  constructor({ name, files }: { readonly name: string; readonly files: readonly string[] }) {
    this.#name = name
    this.#files = files
  }

  /** Built files are kept by the browser for a year anyway, and scripts then with what it has made of them. */
  get routes(): readonly Route[] {
    return [
      ...this.#files.map((urlPattern) => ({
        condition: { urlPattern },
        source: { cacheName: this.#name },
      })),
      { condition: { urlPattern: '/assets/*' }, source: 'network' },
    ]
  }

  async fetch(): Promise<void> {
    const cache = await caches.open(this.#name)
    await cache.addAll(this.#files)
    for (const language of LANGUAGES) {
      /* Without cookies: it is nobody's. */
      const answer = await fetch(PAGE, {
        credentials: 'omit',
        headers: { 'accept-language': language },
      })
      if (!answer.ok) throw new Error(`The page for offline answers ${answer.status}`)
      await cache.put(`${PAGE}/${language}`, answer)
    }
  }

  async dropOlder(): Promise<void> {
    const names = await caches.keys()
    await Promise.all(
      names.filter((name) => name !== this.#name).map((name) => caches.delete(name)),
    )
  }

  /** Remembers in which language to say it. */
  async speak(language: string): Promise<void> {
    const cache = await caches.open(this.#name)
    if (isLanguage(language)) await cache.put(SPOKEN, new Response(language))
  }

  /** A page of the station as it is, or the one that says that there is none. */
  async page(request: Request, preload: Promise<Response | undefined>): Promise<Response> {
    try {
      return (await preload) ?? (await fetch(request))
    } catch {
      return (await caches.match(`${PAGE}/${await this.#language()}`)) ?? Response.error()
    }
  }

  async asset(request: Request): Promise<Response> {
    const cache = await caches.open(this.#name)
    const kept = await cache.match(request, { ignoreVary: true })
    if (kept) return kept
    const answer = await fetch(request)
    if (answer.ok) await cache.put(request, answer.clone())
    return answer
  }

  async #language(): Promise<Language> {
    const spoken = await (await caches.match(SPOKEN))?.text()
    const language = spoken ?? navigator.language.slice(0, 2)
    return isLanguage(language) ? language : 'en'
  }
}

function isLanguage(language: string): language is Language {
  return (LANGUAGES as readonly string[]).includes(language)
}
