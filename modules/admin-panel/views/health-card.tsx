import { Card, type Locale, type Speech } from '#core'
import type { VNode } from 'preact'
import { bytesText, countText } from '../overview/quantities.ts'
import type { Stats } from '../overview/stats.ts'

/** Something to look at, and where. */
export type Trouble = { readonly text: string; readonly href: string }

type Row = {
  readonly label: string
  readonly value: string
  readonly look: 'good' | 'warn' | 'bad'
  readonly href?: string
}

export type HealthProps = Speech & {
  readonly locale: Locale
  readonly stats: Stats
  readonly troubles: readonly Trouble[]
}

export function HealthCard(props: HealthProps): VNode {
  const { t, troubles } = props
  const mark = troubles.length === 0 ? 'state state-good' : 'state state-warn'
  return (
    <div class="board-health" data-live="health">
      <Card
        title={t('admin.board.health')}
        action={<span class={mark}>{t('admin.board.remarks', { count: troubles.length })}</span>}
      >
        <ul class="health-rows">
          {rowsOf(props).map(({ label, value, look, href }) => (
            <li key={label}>
              <span class={`dot dot-${look}`} />
              <span>{href === undefined ? label : <a href={href}>{label}</a>}</span>
              <b>{value}</b>
            </li>
          ))}
        </ul>
      </Card>
    </div>
  )
}

function rowsOf({ t, locale, stats }: HealthProps): readonly Row[] {
  const { health, errors } = stats
  const { databaseMs, events, mail, modules, storage } = health
  return [
    {
      label: t('admin.health.database'),
      value: databaseMs === null ? t('admin.health.silent') : t('admin.ms', { count: databaseMs }),
      look: databaseMs === null ? 'bad' : 'good',
    },
    {
      label: t('admin.health.events'),
      value:
        events.dead > 0
          ? t('admin.board.dead', { count: events.dead })
          : t('admin.health.behind', { count: events.behind }),
      look: events.dead > 0 ? 'bad' : 'good',
      href: '/admin/events',
    },
    {
      label: t('admin.health.mail'),
      value: mail.isConfigured
        ? t('admin.health.waiting', { count: mail.waiting })
        : t('admin.health.noMail'),
      look: mail.dead > 0 ? 'bad' : mail.isConfigured ? 'good' : 'warn',
      ...(mail.isConfigured ? { href: '/admin/mail' } : {}),
    },
    {
      label: t('admin.health.errors'),
      value: countText(errors.total, locale),
      look: errors.total > 0 ? 'warn' : 'good',
    },
    {
      label: t('admin.health.signIns'),
      value: countText(health.refusedSignIns, locale),
      look: 'good',
      href: '/admin/security?area=login',
    },
    ...(storage.free === null
      ? []
      : [
          {
            label: t('admin.health.disk'),
            value: bytesText(storage.free, locale),
            look: isShort(storage.free) ? ('bad' as const) : ('good' as const),
          },
        ]),
    ...modules.map(({ id }): Row => ({ label: id, value: t('admin.health.stands'), look: 'bad' })),
  ]
}

/** Less than this, and uploads and backups are soon refused. */
const SHORT_BYTES = 512 * 2 ** 20

export function isShort(free: number | null): boolean {
  return free !== null && free < SHORT_BYTES
}
