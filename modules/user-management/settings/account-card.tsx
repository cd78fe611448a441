import { Button, Card } from '#core'
import type { SettingsCard } from './card.ts'

export const accountCard: SettingsCard = {
  id: 'account',
  icon: 'key-round',
  label: 'settings.account',
  column: 'end',
  draw: ({ speech: { t }, me }) => (
    <Card id="account" title={t('settings.account')} text={t('settings.account.text')}>
      <dl class="facts">
        <div>
          <dt>{t('settings.account.username')}</dt>
          <dd>@{me.username}</dd>
        </div>
        <div>
          <dt>{t('settings.account.email')}</dt>
          <dd>{me.email}</dd>
        </div>
      </dl>
      <form method="post" action="/auth/logout">
        <Button kind="danger" icon="log-out">
          {t('settings.signOut')}
        </Button>
      </form>
    </Card>
  ),
}
