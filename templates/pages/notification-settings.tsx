import type { VNode } from 'preact'
import { Button } from '../button.tsx'
import { Card } from '../card.tsx'
import type { Speech } from '../translate.ts'

export type NotificationChannel = 'inApp' | 'push' | 'mail'

export type NotificationChoice = {
  /** `blog.comment` */
  readonly kind: string
  readonly title: string
  readonly channels: Readonly<Record<NotificationChannel, boolean>>
  /** These cannot be changed. */
  readonly fixed: readonly NotificationChannel[]
  /** Nothing is said there. */
  readonly absent: readonly NotificationChannel[]
}

export type NotificationSettingsProps = Speech & {
  readonly choices: readonly NotificationChoice[]
  readonly isDiscreet: boolean
  /** False: without a mail server letters do not reach anybody. */
  readonly hasMail: boolean
}

const CHANNELS: readonly NotificationChannel[] = ['inApp', 'push', 'mail']

/** What a person hears of, and where. The whole card is one form that works without scripts. */
export function NotificationSettings(props: NotificationSettingsProps): VNode {
  const { t, isDiscreet } = props
  return (
    <Card title={t('notifications.settings')} text={t('notifications.settingsText')}>
      <PushSwitch t={t} />
      <form class="note-choices" method="post" action="/notifications/choices" data-sends-itself>
        <Choices {...props} />
        <label class="note-discreet">
          <span class="check">
            <input type="checkbox" name="discreet" value="on" checked={isDiscreet} />
          </span>
          <span>
            {t('notifications.discreetChoice')}
            <small>{t('notifications.discreetText')}</small>
          </span>
        </label>
        {!props.hasMail && <p class="field-help">{t('notifications.noMail')}</p>}
        <div class="settings-save">
          <Button kind="primary">{t('notifications.save')}</Button>
        </div>
      </form>
    </Card>
  )
}

/** Asked for by a press, never by the page; a script fills in how things stand. */
function PushSwitch({ t }: Pick<NotificationSettingsProps, 't'>): VNode {
  return (
    <div
      class="note-push"
      data-push
      data-on={t('notifications.push.on')}
      data-off={t('notifications.push.off')}
      data-denied={t('notifications.push.denied')}
      data-absent={t('notifications.push.absent')}
      data-failed={t('notifications.push.failed')}
    >
      <p role="status" data-push-state>
        {t('notifications.push.script')}
      </p>
      <button type="button" class="button button-soft button-s" hidden data-push-allow>
        {t('notifications.push.allow')}
      </button>
      <button type="button" class="button button-line button-s" hidden data-push-end>
        {t('notifications.push.end')}
      </button>
    </div>
  )
}

function Choices({ t, choices }: NotificationSettingsProps): VNode {
  return (
    <table class="note-table">
      <thead>
        <tr>
          <th scope="col">{t('notifications.kind')}</th>
          {CHANNELS.map((channel) => (
            <th key={channel} scope="col">
              {t(`notifications.channel.${channel}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {choices.map(({ kind, title, channels, fixed, absent }) => (
          <tr key={kind}>
            <th scope="row">{title}</th>
            {CHANNELS.map((channel) => (
              <td key={channel}>
                {!absent.includes(channel) && (
                  <span class="check">
                    <input
                      type="checkbox"
                      name={`${kind}:${channel}`}
                      value="on"
                      checked={channels[channel]}
                      disabled={fixed.includes(channel)}
                      aria-label={`${title}: ${t(`notifications.channel.${channel}`)}`}
                    />
                  </span>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
