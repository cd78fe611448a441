import { covered } from '../../text/covered.ts'
import type { Message, Reply, Wordless } from '../protocol/dto.ts'
import { goneOf } from '../store/gone-of.ts'
import type { OutgoingFile } from '../store/outbox.ts'
import type { Say } from './words.ts'

const LINE_CHARS = 160

/** What somebody has said, on one line: words with their spoilers covered, or what there is instead. */
export function shortly(message: Message, say: Say): string {
  const { text, entities, post } = message
  if (text !== '' && !post) return oneLine(covered(text, entities))
  const wordless = wordlessOf(message)
  if (wordless) return kindOf(wordless, say)
  const gone = goneOf(message)
  return gone ? say(gone) : ''
}

/** What is answered, or was pinned; '' where it is gone. */
export function shortlyAnswered({ text, shown }: Reply, say: Say): string {
  if (text !== '') return oneLine(text)
  return shown ? kindOf(shown, say) : ''
}

/** Nothing where there is neither a file nor a post. */
export function wordlessOf({ media, post }: Pick<Message, 'media' | 'post'>): Wordless | undefined {
  if (post) return { kind: 'post', count: 1, name: post.title }
  const [first] = media
  return first && { kind: first.kind, count: media.length, name: first.name }
}

function kindOf({ kind, count, name }: Wordless, say: Say): string {
  if (kind === 'post') return say('kind.post', { title: name })
  if (kind === 'file') return name
  return count > 1 ? say('kind.album', { count }) : say(`kind.${kind}`)
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
