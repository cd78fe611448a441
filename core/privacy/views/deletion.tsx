import type { VNode } from 'preact'
import { Button, Card, Field, LinkButton, Notice, type Speech } from '../../../templates/index.ts'
import type { ErasedContent } from '../index.ts'

export type DeletionField = 'address' | 'password'

export type DeletionProps = Speech & {
  readonly email: string
  readonly days: number
  readonly content: ErasedContent
  readonly address: string
  readonly errors: Readonly<Partial<Record<DeletionField, string>>>
  readonly problem?: string | undefined
}

const CHOICES: readonly ErasedContent[] = ['delete', 'anonymise']

/** The form that ends an account. It names what is lost before it asks for anything. */
export function DeletionPage(props: DeletionProps): VNode {
  const { t, days, errors, problem } = props
  return (
    <section class="privacy-page">
      <h1>{t('deletion.title')}</h1>
      <p class="privacy-lead">{t('deletion.lead', { days })}</p>
      {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
      <Card title={t('deletion.first')} text={t('deletion.firstText')}>
        <LinkButton href="/settings/data" kind="line" icon="package-open">
          {t('deletion.take')}
        </LinkButton>
      </Card>
      <form class="card privacy-form" method="post" action="/settings/deletion">
        <Texts {...props} />
        <Field
          name="address"
          type="email"
          label={t('deletion.address')}
          help={t('deletion.addressHelp', { email: props.email })}
          value={props.address}
          error={errors.address}
          autocomplete="off"
          spelling="off"
          required
        />
        <Field
          name="password"
          type="password"
          label={t('deletion.password')}
          error={errors.password}
          autocomplete="current-password"
          required
        />
        <div class="data-buttons">
          <Button kind="danger" icon="trash-2">
            {t('deletion.button')}
          </Button>
          <LinkButton href="/settings" kind="quiet">
            {t('deletion.stay')}
          </LinkButton>
        </div>
      </form>
    </section>
  )
}

function Texts({ t, content }: DeletionProps): VNode {
  return (
    <fieldset class="privacy-choice">
      <legend>{t('deletion.texts')}</legend>
      {CHOICES.map((choice) => (
        <label key={choice}>
          <span class="check">
            <input type="radio" name="content" value={choice} checked={content === choice} />
          </span>
          <span>
            {t(`deletion.${choice}`)}
            <small>{t(`deletion.${choice}Text`)}</small>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

export type DeletionPlannedProps = Speech & { readonly day: string; readonly stationName: string }

/** What is shown when the sessions have ended. */
export function DeletionPlanned({ t, day, stationName }: DeletionPlannedProps): VNode {
  return (
    <section class="privacy-page">
      <h1>{t('deletion.planned')}</h1>
      <p class="privacy-lead">{t('deletion.plannedText', { day, station: stationName })}</p>
      <p>{t('deletion.plannedStay')}</p>
      <div class="data-buttons">
        <LinkButton href="/auth/login" kind="primary">
          {t('deletion.return')}
        </LinkButton>
        <LinkButton href="/" kind="quiet">
          {t('deletion.home')}
        </LinkButton>
      </div>
    </section>
  )
}
