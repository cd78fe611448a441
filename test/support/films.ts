/** The smallest films and voices: their heads, without anything to play. */

function box(type: string, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.byteLength + 8)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, body])
}

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [at, value] of values.entries()) bytes.writeUInt32BE(value, at * 4)
  return bytes
}

const UPRIGHT = [65_536, 0, 0, 0, 65_536, 0, 0, 0, 1_073_741_824]
const TURNED = [0, 65_536, 0, 4_294_901_760, 0, 0, 0, 0, 1_073_741_824]

export interface FilmOptions {
  readonly width?: number
  readonly height?: number
  readonly codec?: string
  readonly isTurned?: boolean
}

/** An MP4 of two seconds. */
export function mp4(options: FilmOptions = {}): Buffer {
  const { width = 640, height = 360, codec = 'avc1', isTurned = false } = options
  const matrix = isTurned ? TURNED : UPRIGHT
  const size = [width * 65_536, height * 65_536]
  const description = box('stsd', numbers(0, 1), box(codec, numbers(0, 0)))
  const track = box(
    'trak',
    box('tkhd', numbers(0, 0, 0, 1, 0, 2_000, 0, 0, 0, 0, ...matrix, ...size)),
    box(
      'mdia',
      box('hdlr', numbers(0, 0), Buffer.from('vide'), numbers(0, 0, 0)),
      box('minf', box('stbl', description)),
    ),
  )
  return Buffer.concat([
    box('ftyp', Buffer.from('isom'), numbers(512), Buffer.from('isomavc1')),
    box('moov', box('mvhd', numbers(0, 0, 0, 1_000, 2_000, 65_536)), track),
    box('mdat', Buffer.from('nothing to see')),
  ])
}

function element(id: string, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  const size = Buffer.alloc(4)
  size.writeUInt32BE(body.byteLength + 0x10_00_00_00)
  return Buffer.concat([Buffer.from(id, 'hex'), size, body])
}

function short(value: number): Buffer {
  return Buffer.from([value >> 8, value & 255])
}

const SOUND = element('ae', element('83', Buffer.from([2])), element('86', Buffer.from('A_OPUS')))

function webmOf(docType: string, ...tracks: readonly Buffer[]): Buffer {
  return Buffer.concat([
    element('1a45dfa3', element('4282', Buffer.from(docType))),
    element('18538067', element('1654ae6b', ...tracks), element('1f43b675', Buffer.from('x'))),
  ])
}

/** A WebM whose recorder has not said how long it is. */
export function webm(options: FilmOptions & { readonly docType?: string } = {}): Buffer {
  const { width = 640, height = 360, codec = 'V_VP9', docType = 'webm' } = options
  const film = element(
    'ae',
    element('83', Buffer.from([1])),
    element('86', Buffer.from(codec)),
    element('e0', element('b0', short(width)), element('ba', short(height))),
  )
  return webmOf(docType, film, SOUND)
}

export const WEBM_VOICE = webmOf('webm', SOUND)

/** One page of Ogg with the head of an Opus stream (RFC 7845). */
export const OGG_VOICE = Buffer.concat([
  Buffer.from('OggS\0\u0002'),
  Buffer.alloc(20),
  Buffer.from([1, 19]),
  Buffer.from('OpusHead\u0001\u0001'),
  Buffer.from([0x38, 0x01, 0x80, 0xbb, 0, 0, 0, 0, 0]),
])
