import { Card, type LimitsInForce, type Locale, Notice, type Speech } from '#core'
import type { VNode } from 'preact'

const DAY = 1_440

export type LimitsCardProps = Speech & { readonly limits: LimitsInForce }

/** What is limited at this moment, and how far. */
export function LimitsCard({ t, locale, limits }: LimitsCardProps): VNode {
  const { isLimiting, guesses, sessions, routes } = limits
  const rows: readonly (readonly [label: string, value: string])[] = [
    [t('admin.limits.password'), t('admin.limits.guesses', { ...guesses.password })],
    [t('admin.limits.code'), t('admin.limits.guesses', { ...guesses.code })],
    [t('admin.limits.idle'), spanText(sessions.idle, locale)],
    [t('admin.limits.staffIdle'), spanText(sessions.staffIdle, locale)],
    [t('admin.limits.absolute'), spanText(sessions.absolute, locale)],
    [t('admin.limits.token'), spanText(sessions.accessToken, locale)],
    [t('admin.limits.proof'), spanText(sessions.proof, locale)],
  ]
  return (
    <Card title={t('admin.security.limits')} text={t('admin.limits.text')} id="limits">
      <div class="stack">
        {!isLimiting && <Notice kind="warn">{t('admin.security.limitsOff')}</Notice>}
        <dl class="limit-facts">
          {rows.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <details class="limit-routes">
          <summary>{t('admin.limits.routes', { count: routes.length })}</summary>
          <div class="plain-scroll" tabindex={0}>
            <table class="plain-table">
              <thead>
                <tr>
                  <th scope="col">{t('admin.limits.request')}</th>
                  <th scope="col">{t('admin.limits.most')}</th>
                </tr>
              </thead>
              <tbody>
                {routes.map(({ method, path, max, windowS }) => (
                  <tr key={`${method} ${path}`}>
                    <th scope="row">
                      <code>
                        {method} {path}
                      </code>
                    </th>
                    <td>
                      {t('admin.limits.within', { max, span: spanText(windowS / 60, locale) })}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      </div>
    </Card>
  )
}

/** «30 дней», «12 часов», «30 секунд»: in the largest unit that is whole. */
function spanText(minutes: number, locale: Locale): string {
  const [value, unit] =
    minutes % DAY === 0
      ? [minutes / DAY, 'day']
      : minutes % 60 === 0
        ? [minutes / 60, 'hour']
        : minutes % 1 === 0
          ? [minutes, 'minute']
          : [Math.round(minutes * 60), 'second']
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value)
}
