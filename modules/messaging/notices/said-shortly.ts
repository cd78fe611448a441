import type { Translate } from '#core'
import type { Attachment, Entity, PostCard } from '../schema.ts'
import type { MessageTable } from '../tables.ts'
import { covered } from '../text/covered.ts'

/** UTF-16 units; screens show less, and a push holds 4 KiB. */
const MOST_UNITS = 240

/**
 * A message in one line, or what it brings; what is behind a spoiler stays there. Only what was passed
 * on from an account that is gone says nothing and brings nothing.
 */
export function saidShortly(
  message: Pick<MessageTable, 'kind' | 'text' | 'entities' | 'media' | 'post'>,
  t: Translate,
): string {
  const { post, media, entities } = message
  const spans = entities === null ? [] : (JSON.parse(entities) as Entity[])
  const text = shortened(covered(message.text, spans))
  if (post !== null) {
    const { title } = JSON.parse(post) as PostCard
    return shortened(t('messaging.ui.kind.post', { title }))
  }
  if (text !== '') return text
  if (media === null)
    return t(`messaging.ui.${message.kind === 'post' ? 'post' : 'forwarded'}.gone`)
  const attachments = JSON.parse(media) as Attachment[]
  const isAlbum = attachments.length > 1 && attachments.every(({ kind }) => kind === 'photo')
  if (isAlbum) return t('messaging.ui.kind.album', { count: attachments.length })
  return t(`messaging.ui.kind.${attachments[0]?.kind ?? 'file'}`)
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  if (line.length <= MOST_UNITS) return line
  return `${line
    .slice(0, MOST_UNITS - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '')
    .trimEnd()}…`
}
