import { Card, Icon, type IconName, type PagePart, type Speech } from '#core'
import type { VNode } from 'preact'
import { bytesText, changeText, countText, shareOf } from '../overview/quantities.ts'
import type { Series, Stats } from '../overview/stats.ts'
import { ActivityChart } from './activity-chart.tsx'
import { HealthCard, type Trouble } from './health-card.tsx'
import { Hint } from './hint.tsx'
import { LogRows, type LogRowsProps } from './log-rows.tsx'
import { Part } from './part.tsx'
import { Sparkline } from './sparkline.tsx'

export type DashboardProps = Speech &
  Pick<LogRowsProps, 'log' | 'shown' | 'timeZone'> & {
    readonly stats: Stats
    readonly troubles: readonly Trouble[]
    readonly parts: readonly PagePart[]
  }

export function Dashboard(props: DashboardProps): VNode {
  const { t, parts, troubles } = props
  return (
    <div class="board" data-board>
      <div class="board-troubles" data-live="troubles">
        {troubles.map(({ href, text }) => (
          <a key={text} href={href} class="board-trouble">
            <Icon name="triangle-alert" />
            <span>{text}</span>
            <Icon name="chevron-right" />
          </a>
        ))}
      </div>
      <FigureCards {...props} />
      <ActivityChart {...props} />
      <HealthCard {...props} />
      {parts.map((part, index) => (
        <div key={index} class="board-part" data-live={`part-${index}`}>
          <Part part={part} title={part.title} />
        </div>
      ))}
      <div class="board-security" data-live="security">
        <Card
          title={t('admin.section.security')}
          action={
            <a class="more-link" href="/admin/security">
              {t('admin.board.log')}
            </a>
          }
        >
          <LogRows {...props} emptyText={t('admin.board.quiet')} />
        </Card>
      </div>
    </div>
  )
}

function FigureCards(props: DashboardProps): VNode {
  const { t, locale, stats } = props
  const { people, posts, messages, health, period } = stats
  const { behind, dead } = health.events
  return (
    <div class="board-figures" data-live="figures">
      <Figure
        t={t}
        hint="people"
        icon="users"
        label={t('admin.board.people')}
        value={countText(people.today, locale)}
      >
        <small>{t('admin.board.ofAll', { all: countText(people.all, locale) })}</small>
        <Sparkline values={people.values} />
      </Figure>
      <Counted
        {...props}
        hint="posts"
        icon="newspaper"
        label={t(`admin.board.posts.${period}`)}
        series={posts}
      />
      <Counted
        {...props}
        hint="messages"
        icon="message-circle"
        label={t(`admin.board.messages.${period}`)}
        series={messages}
      />
      <Figure
        t={t}
        hint="events"
        icon="activity"
        label={t('admin.board.events')}
        value={countText(behind, locale)}
      >
        <small class={dead > 0 ? 'is-bad' : undefined}>
          {t('admin.board.dead', { count: dead })}
        </small>
        <Sparkline values={stats.behind} />
      </Figure>
      <Storage {...props} />
    </div>
  )
}

function Counted({
  t,
  locale,
  hint,
  icon,
  label,
  series,
}: DashboardProps &
  Pick<FigureProps, 'hint' | 'icon' | 'label'> & { readonly series: Series }): VNode {
  const change = changeText(series, locale)
  return (
    <Figure t={t} hint={hint} icon={icon} label={label} value={countText(series.total, locale)}>
      {change !== undefined && (
        <small class={series.total > series.before ? 'is-good' : undefined}>{change}</small>
      )}
      <Sparkline values={series.values} />
    </Figure>
  )
}

function Storage({ t, locale, stats }: DashboardProps): VNode {
  const { mediaBytes, databaseBytes, disk } = stats.health.storage
  const total = disk ?? mediaBytes + databaseBytes
  return (
    <Figure
      t={t}
      hint="storage"
      icon="hard-drive"
      label={t('admin.board.storage')}
      value={bytesText(mediaBytes + databaseBytes, locale)}
    >
      {disk !== null && <small>{t('admin.board.ofDisk', { disk: bytesText(disk, locale) })}</small>}
      <svg class="storage-bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
        <rect class="storage-all" width={100} height={1} />
        <rect class="storage-rest" width={shareOf(mediaBytes + databaseBytes, total)} height={1} />
        <rect class="storage-media" width={shareOf(mediaBytes, total)} height={1} />
      </svg>
    </Figure>
  )
}

type FigureProps = Pick<Speech, 't'> & {
  readonly hint: 'people' | 'posts' | 'messages' | 'events' | 'storage'
  readonly icon: IconName
  readonly label: string
  readonly value: string
  readonly children?: unknown
}

function Figure({ t, hint, icon, label, value, children }: FigureProps): VNode {
  return (
    <section class="figure">
      <h2>
        <Icon name={icon} size={18} />
        <span>{label}</span>
      </h2>
      <Hint t={t} id={`hint-${hint}`} about={label} text={t(`admin.board.hint.${hint}`)} />
      <p>{value}</p>
      {children as VNode}
    </section>
  )
}
