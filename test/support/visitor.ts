import type { Station } from '../../core/station.ts'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>
  readonly text: string
  readonly bytes: Buffer
  /** The body as JSON. @throws when it is none. */
  json<T = Record<string, unknown>>(): T
}

export interface UploadForm {
  readonly bytes: Uint8Array
  /** What the sender calls the file. */
  readonly name?: string
  readonly type?: string
  readonly fields?: Readonly<Record<string, string>>
}

/** A name that stands more than once has all its values. */
export type FormFields = Readonly<Record<string, string | readonly string[]>>

export interface AskOptions {
  readonly json?: unknown
  readonly form?: FormFields
  /** A form with a file (`multipart/form-data`). */
  readonly upload?: UploadForm
  readonly headers?: Readonly<Record<string, string>>
}

const HOST = '127.0.0.1:8000'
const CLIENT = { ip: '127.0.0.1', userAgent: 'test' }

/** A browser without a screen: keeps cookies and proves where its requests come from. */
export class Visitor {
  #station: Station
  readonly #cookies = new Map<string, string>()
  username = ''
  id = ''

  constructor(station: Station) {
    this.#station = station
  }

  get cookies(): ReadonlyMap<string, string> {
    return this.#cookies
  }

  /** The same address leads to another process from now on. */
  moveTo(station: Station): void {
    this.#station = station
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

  /** Sends a file with POST, or with the method given. */
  upload(path: string, upload: UploadForm, method = 'POST'): Promise<Answer> {
    return this.ask(method, path, { upload })
  }

  submit(path: string, form: FormFields): Promise<Answer> {
    return this.ask('POST', path, { form })
  }

  async ask(
    method: string,
    path: string,
    { json, form, upload, headers }: AskOptions = {},
  ): Promise<Answer> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const { body, type } = bodyOf(json, form, upload)
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
      bytes: response.rawPayload,
      json: <T>() => JSON.parse(response.payload) as T,
    }
  }

  /** Creates the account `<username>` with the password `<username> has a long password`. */
  async register(username: string): Promise<this> {
    const account = {
      username,
      email: `${username}@example.org`,
      password: passwordOf(username),
    }
    const answer = await this.post('/api/v1/auth/register', { ...account, consent: true })
    if (answer.status === 404) return this.#enter(account)
    if (answer.status !== 201) throw new Error(`${username} was not registered: ${answer.text}`)
    this.username = username
    this.id = answer.json<{ user: { id: string } }>().user.id
    return this
  }

  /** While no module takes registrations: the bare account that the core itself knows. */
  async #enter(account: { username: string; email: string; password: string }): Promise<this> {
    const { auth, database } = this.#station
    const prepared = await auth.prepare(account)
    const opened = await database.transaction(async (tx) =>
      auth.openSession(tx, await auth.create(tx, prepared), CLIENT),
    )
    const { actor, cookies } = await auth.startSession(opened)
    for (const { name, value } of cookies) if (value !== null) this.#cookies.set(name, value)
    this.username = account.username
    this.id = actor.id
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

const BOUNDARY = 'a-boundary-that-stands-in-no-file'

function bodyOf(
  json: unknown,
  form: AskOptions['form'],
  upload: UploadForm | undefined,
): { readonly body: string | Buffer | undefined; readonly type: string } {
  if (upload) return { body: multipart(upload), type: `multipart/form-data; boundary=${BOUNDARY}` }
  if (json !== undefined) return { body: JSON.stringify(json), type: 'application/json' }
  const pairs = Object.entries(form ?? {}).flatMap(([name, value]) =>
    [value].flat().map((text) => [name, text]),
  )
  const body = form && new URLSearchParams(pairs).toString()
  return { body, type: 'application/x-www-form-urlencoded' }
}

/** The bytes of a form with a file, as a browser writes them; the name is not made harmless. */
export function multipart({
  bytes,
  name = 'picture.jpg',
  type = 'image/jpeg',
  fields = {},
}: UploadForm): Buffer {
  const parts = Object.entries(fields).map(
    ([key, value]) =>
      `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`,
  )
  const head = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`
  return Buffer.concat([
    Buffer.from(parts.join('') + head),
    bytes,
    Buffer.from(`\r\n--${BOUNDARY}--\r\n`),
  ])
}

export const MULTIPART_TYPE = `multipart/form-data; boundary=${BOUNDARY}`

export function passwordOf(username: string): string {
  return `${username} has a long password`
}
