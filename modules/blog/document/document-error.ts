export type DocumentErrorCode =
  | 'invalid'
  | 'too-large'
  | 'too-deep'
  | 'too-many-nodes'
  | 'forbidden-key'
  | 'unknown-node'
  | 'unknown-mark'
  | 'unknown-attribute'
  | 'bad-text'
  | 'bad-link'
  | 'bad-image'

/**
 * A document was refused. `path` points into the input (`doc.content[3].attrs.level`); it is empty
 * when the whole input is meant. The message is for developers; people see the text of the code.
 */
export class DocumentError extends Error {
  override readonly name = 'DocumentError'
  readonly code: DocumentErrorCode
  readonly path: string

  constructor(code: DocumentErrorCode, path: string, reason: string) {
    const place = path.length > 200 ? `${path.slice(0, 200)}…` : path
    super(place === '' ? reason : `${place}: ${reason}`)
    this.code = code
    this.path = place
  }
}
