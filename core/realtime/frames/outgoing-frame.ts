import { eventText } from '../log/update.ts'

/** FIN and the opcode for text (RFC 6455 §5.2); a server does not mask. */
const TEXT = 0x81
const TWO_BYTES = 126
const EIGHT_BYTES = 127
const UPDATE = '{"t":"u","pts":'

/** A whole text frame as it goes over the wire. */
export function textFrame(text: string): Buffer {
  const bytes = Buffer.byteLength(text)
  const frame = Buffer.allocUnsafe(headerBytes(bytes) + bytes)
  frame.write(text, writeHeader(frame, bytes))
  return frame
}

/** What all frames of one update have in common: everything after the number but its end. */
export function updateTail(type: string, data: string): Buffer {
  return Buffer.from(`,"e":${eventText(type, data).slice(0, -1)}`)
}

/** The frame of an update for somebody for whom it has this number. @param me JSON, theirs alone. */
export function updateFrame(pts: number, tail: Buffer, me?: string): Buffer {
  const head = UPDATE + String(pts)
  const end = me === undefined ? '}}' : `,"me":${me}}}`
  const endBytes = Buffer.byteLength(end)
  const bytes = head.length + tail.length + endBytes
  const frame = Buffer.allocUnsafe(headerBytes(bytes) + bytes)
  const at = writeHeader(frame, bytes)
  frame.write(head, at, 'latin1')
  tail.copy(frame, at + head.length)
  frame.write(end, at + head.length + tail.length)
  return frame
}

/** The frame of what is told to all who follow a topic: it has no number of theirs. */
export function topicFrame(event: string): Buffer {
  return textFrame(`{"t":"u","e":${event}}`)
}

function headerBytes(bytes: number): number {
  if (bytes < TWO_BYTES) return 2
  return bytes <= 0xff_ff ? 4 : 10
}

/** @returns where the payload begins. */
function writeHeader(frame: Buffer, bytes: number): number {
  frame[0] = TEXT
  if (bytes < TWO_BYTES) {
    frame[1] = bytes
    return 2
  }
  if (bytes <= 0xff_ff) {
    frame[1] = TWO_BYTES
    return frame.writeUInt16BE(bytes, 2)
  }
  frame[1] = EIGHT_BYTES
  frame.writeUInt32BE(0, 2)
  return frame.writeUInt32BE(bytes, 6)
}
