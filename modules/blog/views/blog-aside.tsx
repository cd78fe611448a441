import type { VNode } from 'preact'
import { Icon, monthAndYear } from '#core'
import type { ArchiveMonth, BlogHomeProps } from './blog-props.ts'
import type { FeedLinks, PageSpeech } from './props.ts'

/** Ways to follow a blog from elsewhere, and its last twelve months. */
export function BlogAside(props: BlogHomeProps): VNode {
  return (
    <aside class="blog-aside">
      <Feeds t={props.t} feeds={props.feeds} />
      {props.archive.some((month) => month.count > 0) && <Archive {...props} />}
    </aside>
  )
}

type FeedsProps = Pick<PageSpeech, 't'> & { readonly feeds: FeedLinks }

export function Feeds({ t, feeds }: FeedsProps): VNode {
  return (
    <section>
      <h2 class="aside-title">{t('blog.feeds')}</h2>
      <ul class="feeds">
        <li>
          <Icon name="rss" />
          <div>
            <p class="feeds-links">
              <a href={feeds.rss}>RSS</a>
              <a href={feeds.atom}>Atom</a>
              <a href={feeds.json}>JSON Feed</a>
            </p>
            <p class="feeds-text">{t('blog.feeds.text')}</p>
          </div>
        </li>
      </ul>
    </section>
  )
}

/** Twelve bars; each height is one of eleven classes, because the page carries no styles itself. */
function Archive(props: BlogHomeProps): VNode {
  const { t, archive, part } = props
  const highest = Math.max(...archive.map((month) => month.count))
  const last = archive.at(-1)?.month
  const marked = part?.kind === 'month' ? part.month : last
  return (
    <section>
      <h2 class="aside-title">{t('blog.archive')}</h2>
      <ol class="archive">
        {archive.map((month) => (
          <li key={month.month}>
            <Bar {...props} month={month} highest={highest} marked={month.month === marked} />
          </li>
        ))}
      </ol>
      <p class="archive-sum">
        {t('blog.archive.sum', { count: archive.reduce((sum, { count }) => sum + count, 0) })}
      </p>
    </section>
  )
}

type BarProps = BlogHomeProps & {
  readonly month: ArchiveMonth
  readonly highest: number
  readonly marked: boolean
}

function Bar({ t, locale, month: { month, count, href }, highest, marked }: BarProps): VNode {
  const tenths = count === 0 ? 0 : Math.max(1, Math.round((count / highest) * 10))
  const bar = <span class={`archive-bar h-${tenths * 10}`} />
  const initial = t('blog.archive.initials').charAt(Number(month.slice(5)) - 1)
  const inside = (
    <>
      {bar}
      <span class="archive-initial" aria-hidden="true">
        {initial}
      </span>
    </>
  )
  const name = monthAndYear(`${month}-15T12:00:00Z`, locale, 'UTC')
  if (href === undefined) return <span class="archive-month">{inside}</span>
  return (
    <a
      class="archive-month"
      href={href}
      aria-label={t('blog.archive.month', { month: name, count })}
      aria-current={marked ? 'true' : undefined}
    >
      {inside}
    </a>
  )
}
