import { Icon, machineDate, type Reported, shortDate, type Speech } from '#core'
import type { VNode } from 'preact'
import { kindOf } from '../content.ts'
import type { OneReport, QueueItem } from '../schema.ts'
import type { ItemProps, Names } from './queue.tsx'

const KINDS: ReadonlySet<string> = new Set(['post', 'comment', 'user', 'message'])

const SIGNS = { photo: 'image', video: 'play', voice: 'mic', file: 'paperclip' } as const

/** What was reported, whose it is, when it was said, how often, and how it stands now. */
export function About({ t, locale, names, item }: ItemProps): VNode {
  const { content, count, path } = item
  const label = labelOf(t, item)
  const name = authorOf(t, names, item)
  return (
    <p class="report-about">
      <b>{content?.url ? <a href={content.url}>{label}</a> : label}</b>
      {content ? <span> · {name}</span> : <a href={path}> {decoded(path)}</a>}
      {content?.saidAt !== undefined && (
        <span>
          {' · '}
          <time datetime={machineDate(content.saidAt)}>
            {shortDate(content.saidAt, locale, 'UTC')}
          </time>
        </span>
      )}
      {count > 1 && <span> · {t('moderation.queue.count', { count })}</span>}
      {content && content.state !== 'shown' && (
        <span class="report-state">{t(`moderation.content.${content.state}`)}</span>
      )}
    </p>
  )
}

/** The words themselves, and what came with them: nobody has to open a page to decide. */
export function Quote({ t, item }: Pick<ItemProps, 't' | 'item'>): VNode {
  const { excerpt = '', enclosures = [] } = item.content ?? {}
  return (
    <>
      {excerpt !== '' && <blockquote class="report-text">{excerpt}</blockquote>}
      {enclosures.length > 0 && (
        <ul class="report-enclosures">
          {enclosures.map((each) => (
            <li key={each.url}>
              <a href={each.url} target="_blank" rel="noopener">
                <Enclosed t={t} {...each} />
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

type EnclosedProps = Pick<Speech, 't'> & NonNullable<Reported['enclosures']>[number]

function Enclosed({ t, kind, url, name }: EnclosedProps): VNode {
  const label = name === '' ? t(`moderation.enclosure.${kind}`) : name
  if (kind === 'photo') return <img src={url} alt={label} loading="lazy" />
  return (
    <>
      <Icon name={SIGNS[kind]} size={18} />
      {label}
    </>
  )
}

/** What those say who have reported it: the first in view, the others behind one press. */
export function Voices({ t, locale, names, item }: ItemProps): VNode | null {
  const [first, ...others] = item.reports
  if (!first) return null
  const voice = (report: OneReport): VNode => (
    <Voice key={report.id} t={t} locale={locale} names={names} report={report} />
  )
  return (
    <div class="report-voices">
      {voice(first)}
      {others.length > 0 && (
        <details>
          <summary>
            {t('moderation.queue.others', { count: item.count - 1 })}
            <Icon name="chevron-down" size={18} />
          </summary>
          {others.map(voice)}
        </details>
      )}
    </div>
  )
}

type VoiceProps = Speech & { readonly names: Names; readonly report: OneReport }

function Voice({ t, locale, names, report }: VoiceProps): VNode {
  const { reason, text, reporterId, createdAt } = report
  return (
    <div class="report-voice">
      <p>
        <b>{t(`moderation.reason.${reason}`)}</b>
        {text !== '' && <span class="report-words">{text}</span>}
      </p>
      <p class="report-by">
        {t('moderation.queue.by', { name: nameOf(t, names, reporterId) })}
        {' · '}
        <time datetime={machineDate(createdAt)}>{shortDate(createdAt, locale, 'UTC')}</time>
      </p>
    </div>
  )
}

/** «Запись «Туман»»; where it has no name of its own, only what it is. */
export function labelOf(t: Speech['t'], { subject, content }: QueueItem): string {
  const kind = kindOf(subject)
  if (!KINDS.has(kind)) return t('moderation.about.other')
  const title = content?.title ?? ''
  if (title === '' || kind === 'user') return t(`moderation.about.${kind}`)
  return t(`moderation.about.${kind}.named`, { title })
}

export function authorOf(t: Speech['t'], names: Names, { content }: QueueItem): string {
  const { authorId = null, authorName = null } = content ?? {}
  return names.get(authorId ?? '')?.name ?? authorName ?? t('moderation.queue.gone')
}

export function nameOf(t: Speech['t'], names: Names, id: string): string {
  return names.get(id)?.name ?? t('moderation.queue.gone')
}

/** As people read an address; one that is not percent-encoded text stays as it is. */
function decoded(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}
