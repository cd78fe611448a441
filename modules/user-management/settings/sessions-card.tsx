import {
  ago,
  Button,
  Card,
  Icon,
  type IconName,
  type OwnSession,
  shortDate,
  timeOfDay,
} from '#core'
import type { VNode } from 'preact'
import { actorOf } from '../requester.ts'
import type { SettingsCard, SettingsVisit } from './card.ts'

const ICONS: Readonly<Record<OwnSession['device']['kind'], IconName>> = {
  desktop: 'laptop',
  phone: 'smartphone',
  tablet: 'tablet',
  program: 'terminal',
}

/** Where the person is signed in, and the end of it. */
export const sessionsCard: SettingsCard = {
  id: 'sessions',
  icon: 'laptop',
  label: 'settings.sessions',
  column: 'start',
  draw: async (visit) => {
    const { app, request, speech } = visit
    const { t } = speech
    const sessions = await app.auth.sessions.list(actorOf(request))
    const others = sessions.filter(({ isCurrent }) => !isCurrent).length
    return (
      <Card
        id="sessions"
        class="sessions"
        title={t('settings.sessions')}
        text={t('settings.sessions.text')}
        action={
          others > 0 && (
            <form method="post" action="/settings/sessions/others">
              <Button kind="danger" size="s">
                {t('settings.sessions.endOthers', { count: others })}
              </Button>
            </form>
          )
        }
      >
        <ul class="setting-rows">
          {sessions.map((session) => (
            <Row key={session.id} visit={visit} session={session} />
          ))}
        </ul>
      </Card>
    )
  },
}

type RowProps = { readonly visit: SettingsVisit; readonly session: OwnSession }

function Row({ visit, session }: RowProps): VNode {
  const { t } = visit.speech
  const { id, device, ip, usedAt, isCurrent, isUnusual } = session
  const name = [device.browser, device.system].filter((part) => part !== '').join(', ')
  const when = isCurrent ? t('settings.sessions.now') : lastUse(visit, usedAt)
  const mark = isCurrent ? ' setting-mark-good' : isUnusual ? ' setting-mark-warn' : ''
  return (
    <li class="setting-row">
      <span class={`setting-mark${mark}`}>
        <Icon name={ICONS[device.kind]} />
      </span>
      <div>
        <b>
          {isCurrent
            ? t(`settings.sessions.this.${device.kind}`)
            : name || t('settings.sessions.unknown')}
        </b>
        <p>
          {isCurrent && name !== '' ? `${name}. ` : ''}
          {ip} · {when}
        </p>
        {isUnusual && <p class="setting-warning">{t('settings.sessions.unusual')}</p>}
      </div>
      {isCurrent ? (
        <span class="session-here">{t('settings.sessions.here')}</span>
      ) : (
        <form method="post" action={`/settings/sessions/${id}`}>
          <Button size="s" label={t('settings.sessions.endNamed', { name: name || ip })}>
            {t('settings.sessions.end')}
          </Button>
        </form>
      )}
    </li>
  )
}

/** Within an hour how long ago; today the time; before that with the day. */
function lastUse({ app, me, speech }: SettingsVisit, usedAt: string): string {
  const { locale } = speech
  const { timeZone } = me
  const now = app.clock.now()
  const day = shortDate(usedAt, locale, timeZone, now)
  if (day === shortDate(now, locale, timeZone, now)) return ago(usedAt, locale, timeZone, now)
  return `${day}, ${timeOfDay(usedAt, locale, timeZone)}`
}
