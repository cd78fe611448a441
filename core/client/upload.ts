import { ownPage } from './own-page.ts'

/**
 * Why a file did not arrive. The first three are found before anything is sent; `refused` is the
 * station's own answer, whose text is written for people.
 */
export type UploadReason =
  | 'too-large'
  | 'wrong-type'
  | 'too-many-pixels'
  | 'offline'
  | 'refused'
  | 'cancelled'

export class UploadFailure extends Error {
  readonly reason: UploadReason
  /** The station's code (`QL_MEDIA_QUOTA`), where it gave one. */
  readonly code: string | undefined

  /** @param text the station's sentence, in the language of the page; '' where it gave none. */
  constructor(reason: UploadReason, text = '', code?: string) {
    super(text)
    this.reason = reason
    this.code = code
  }
}

/** What the station takes; by content in the end, whatever the name promises. */
export const PICTURE_TYPES: readonly string[] = [
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/avif',
]
const MAX_BYTES = 5 * 1024 * 1024
/** What the station takes of a picture. */
export const MAX_PIXELS = 40_000_000

/** What is wrong with a file as far as the browser can tell, or undefined. */
export function faultOf(file: Pick<Blob, 'size' | 'type'>): UploadFailure | undefined {
  if (!PICTURE_TYPES.includes(file.type)) return new UploadFailure('wrong-type')
  return file.size > MAX_BYTES ? new UploadFailure('too-large') : undefined
}

/** The same for what is known once a picture has begun to load. Sizes in pixels. */
export function sizeFaultOf(
  width: number,
  height: number,
  most = MAX_PIXELS,
): UploadFailure | undefined {
  return width * height > most ? new UploadFailure('too-many-pixels') : undefined
}

export interface UploadRequest {
  readonly method: 'POST' | 'PUT'
  readonly path: string
  readonly file: File
  /** Sent before the file. */
  readonly fields?: Readonly<Record<string, string>>
}

/** As much of XMLHttpRequest as is used; `fetch` tells nothing of what has been sent. */
export type Sender = Pick<
  XMLHttpRequest,
  'abort' | 'addEventListener' | 'open' | 'responseText' | 'send' | 'setRequestHeader' | 'status'
> & { readonly upload: Pick<XMLHttpRequestUpload, 'addEventListener'> }

/** One file on its way to the station. */
export class Upload {
  readonly #sender: Sender
  #isCancelled = false

  constructor(sender: Sender = new XMLHttpRequest()) {
    this.#sender = sender
  }

  /**
   * Sends the file and answers with the station's JSON. Called once.
   *
   * @param onProgress gets the part of the bytes that has left, from 0 to 1.
   * @throws UploadFailure
   */
  send(request: UploadRequest, onProgress: (part: number) => void): Promise<unknown> {
    const fault = faultOf(request.file)
    if (fault) return Promise.reject(fault)
    const sender = this.#sender
    return new Promise((resolve, reject) => {
      sender.upload.addEventListener('progress', ({ loaded, total }) => {
        if (total > 0) onProgress(loaded / total)
      })
      sender.addEventListener('load', () => {
        const body = jsonIn(sender.responseText)
        if (sender.status >= 200 && sender.status < 300) resolve(body)
        else reject(refusalIn(body))
      })
      const lost = (): void =>
        reject(new UploadFailure(this.#isCancelled ? 'cancelled' : 'offline'))
      sender.addEventListener('error', lost)
      sender.addEventListener('abort', lost)
      sender.open(request.method, request.path)
      const headers = { accept: 'application/json', ...ownPage() }
      for (const [name, value] of Object.entries(headers)) sender.setRequestHeader(name, value)
      sender.send(formOf(request))
    })
  }

  /** The promise of {@link send} is then rejected with `cancelled`. */
  cancel(): void {
    this.#isCancelled = true
    this.#sender.abort()
  }
}

function formOf({ file, fields = {} }: UploadRequest): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', file)
  return form
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // A gateway between us may answer with a page of its own.
  }
}

function refusalIn(body: unknown): UploadFailure {
  const { detail, code } = Object(body) as { detail?: unknown; code?: unknown }
  return new UploadFailure(
    'refused',
    typeof detail === 'string' ? detail : '',
    typeof code === 'string' ? code : undefined,
  )
}
