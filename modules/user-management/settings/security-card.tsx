import { Card, Icon, LinkButton } from '#core'
import type { SettingsCard } from './card.ts'

/** Whether a code is asked for beside the password; what can be done about it stands on its own page. */
export const securityCard: SettingsCard = {
  id: 'security',
  icon: 'shield-check',
  label: 'settings.security',
  column: 'end',
  draw: async ({ app, me, speech: { t } }) => {
    const { isOn, recoveryCodesLeft } = await app.auth.factors.stateOf(me.id)
    return (
      <Card id="security" title={t('settings.security')} text={t('settings.security.text')}>
        <div class="setting-rows">
          <div class="setting-row">
            <span class={isOn ? 'setting-mark setting-mark-good' : 'setting-mark'}>
              <Icon name="smartphone" />
            </span>
            <div>
              <b>{t('factor.title')}</b>
              <p>
                {isOn
                  ? t('settings.security.on', { count: recoveryCodesLeft })
                  : t('settings.security.off')}
              </p>
            </div>
            <LinkButton href="/settings/second-factor" size="s">
              {t(isOn ? 'settings.security.change' : 'factor.turnOn')}
            </LinkButton>
          </div>
        </div>
      </Card>
    )
  },
}
