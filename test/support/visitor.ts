import type { Station } from '../../core/station.ts'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>
  readonly text: string
  /** The body as JSON. @throws when it is none. */
  json<T = Record<string, unknown>>(): T
}

export interface AskOptions {
  readonly json?: unknown
  readonly form?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
}

const HOST = '127.0.0.1:8000'

/** A browser without a screen: keeps cookies and proves where its requests come from. */
export class Visitor {
  readonly #station: Station
  readonly #cookies = new Map<string, string>()
  username = ''
  id = ''

  constructor(station: Station) {
    this.#station = station
  }

  get cookies(): ReadonlyMap<string, string> {
    return this.#cookies
  }

  get(path: string, options?: AskOptions): Promise<Answer> {
    return this.ask('GET', path, options)
  }

  post(path: string, json?: unknown): Promise<Answer> {
    return this.ask('POST', path, { json: json ?? {} })
  }

  put(path: string, json: unknown): Promise<Answer> {
    return this.ask('PUT', path, { json })
  }

  patch(path: string, json: unknown): Promise<Answer> {
    return this.ask('PATCH', path, { json })
  }

  delete(path: string, json?: unknown): Promise<Answer> {
    return this.ask('DELETE', path, json === undefined ? {} : { json })
  }

  submit(path: string, form: Readonly<Record<string, string>>): Promise<Answer> {
    return this.ask('POST', path, { form })
  }

  async ask(
    method: string,
    path: string,
    { json, form, headers }: AskOptions = {},
  ): Promise<Answer> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const body =
      json === undefined ? form && new URLSearchParams(form).toString() : JSON.stringify(json)
    const type = json === undefined ? 'application/x-www-form-urlencoded' : 'application/json'
    const response = await this.#station.http.inject({
      method: method as 'GET',
      url: path,
      headers: {
        host: HOST,
        ...(method === 'GET' ? {} : { 'sec-fetch-site': 'same-origin', origin: `http://${HOST}` }),
        ...(cookie === '' ? {} : { cookie }),
        ...(body === undefined ? {} : { 'content-type': type }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: body }),
    })
    this.#keep(response.headers['set-cookie'])
    return {
      status: response.statusCode,
      headers: response.headers,
      text: response.payload,
      json: <T>() => JSON.parse(response.payload) as T,
    }
  }

  /** Creates the account `<username>` with the password `<username> has a long password`. */
  async register(username: string): Promise<this> {
    const answer = await this.post('/api/v1/auth/register', {
      username,
      email: `${username}@example.org`,
      password: passwordOf(username),
      consent: true,
    })
    if (answer.status !== 201) throw new Error(`${username} was not registered: ${answer.text}`)
    this.username = username
    this.id = answer.json<{ user: { id: string } }>().user.id
    return this
  }

  #keep(setCookie: string | string[] | undefined): void {
    for (const line of [setCookie ?? []].flat()) {
      const [pair = ''] = line.split(';')
      const [name = '', value = ''] = pair.split('=')
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
  }
}

export function passwordOf(username: string): string {
  return `${username} has a long password`
}
