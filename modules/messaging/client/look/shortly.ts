import { covered } from '../../text/covered.ts'
import type { Message } from '../protocol/dto.ts'
import { isEmptied } from '../store/is-emptied.ts'
import type { OutgoingFile } from '../store/outbox.ts'
import type { Say } from './words.ts'

const LINE_CHARS = 160

/** What somebody has said, on one line: words with their spoilers covered, or what there is instead. */
export function shortly(message: Message, say: Say): string {
  const { text, entities, media, post } = message
  if (post) return say('kind.post', { title: post.title })
  if (text !== '') return oneLine(covered(text, entities))
  const [first] = media
  if (!first) return isEmptied(message) ? say('forwarded.gone') : ''
  if (first.kind === 'file') return first.name
  if (media.length > 1) return say('kind.album', { count: media.length })
  return say(`kind.${first.kind}`)
}

/** The same of what is on its way. */
export function shortlySent(text: string, files: readonly OutgoingFile[], say: Say): string {
  if (text !== '') return oneLine(text)
  const [first] = files
  if (!first) return ''
  if (first.voice) return say('kind.voice')
  if (files.length > 1) return say('kind.album', { count: files.length })
  if (first.mime.startsWith('image/')) return say('kind.photo')
  return first.mime.startsWith('video/') ? say('kind.video') : first.name
}

export function oneLine(text: string): string {
  return text.slice(0, LINE_CHARS).replaceAll(/\s+/gu, ' ')
}
