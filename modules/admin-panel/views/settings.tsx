import {
  Button,
  Card,
  Field,
  FieldError,
  Notice,
  Select,
  type SettingGroup,
  shortDate,
  type Speech,
  TextArea,
} from '#core'
import type { VNode } from 'preact'
import type { Shown } from '../people/names.ts'
import type { SettingField, Typed } from '../setting-fields.ts'

export type SettingForm = {
  readonly group: SettingGroup
  readonly fields: readonly SettingField[]
  readonly typed: Typed
  readonly errors: Typed
}

export type SettingsProps = Speech & {
  readonly forms: readonly SettingForm[]
  readonly shown: ReadonlyMap<string, Shown>
  readonly timeZone: string
  /** The group that has just been saved. */
  readonly saved: string | undefined
  readonly isRefused: boolean
}

/** Everything that can be set while the station runs, as its schemas describe it. */
export function SettingsPage(props: SettingsProps): VNode {
  const { t, forms, isRefused } = props
  const [own, modules] = [forms.filter(isOwn), forms.filter((form) => !isOwn(form))]
  return (
    <div class="admin-board">
      {isRefused && <Notice kind="bad">{t('admin.settings.wrong')}</Notice>}
      <div class="settings-groups">
        {own.map((form) => (
          <Group key={form.group.name} {...props} form={form} />
        ))}
      </div>
      {modules.length > 0 && <h2>{t('admin.settings.modules')}</h2>}
      <div class="settings-groups">
        {modules.map((form) => (
          <Group key={form.group.name} {...props} form={form} />
        ))}
      </div>
    </div>
  )
}

function isOwn({ group }: SettingForm): boolean {
  return !group.name.startsWith('module:')
}

function Group(props: SettingsProps & { readonly form: SettingForm }): VNode {
  const { t, locale, form, saved } = props
  const { group, fields } = form
  return (
    <Card title={group.titles[locale]} text={group.help[locale]} id={idOf(group.name)}>
      <form method="post" action={`/admin/settings/${group.name}`} novalidate>
        {saved === group.name && <Notice kind="good">{t('admin.settings.saved')}</Notice>}
        {fields.map((field) => (
          <One key={field.name} t={t} locale={locale} field={field} form={form} />
        ))}
        <div class="setting-foot">
          <Button kind="primary">{t('admin.settings.save')}</Button>
          {differs(form) && (
            <Button kind="quiet" name="reset" value="true">
              {t('admin.settings.reset')}
            </Button>
          )}
          <LastChange {...props} />
        </div>
      </form>
    </Card>
  )
}

function LastChange({
  t,
  locale,
  timeZone,
  form,
  shown,
}: SettingsProps & { readonly form: SettingForm }): VNode | null {
  const { changed } = form.group
  if (!changed) return null
  const name = shown.get(changed.actorId ?? '')?.name ?? t('admin.settings.someone')
  const date = shortDate(changed.at, locale, timeZone)
  return <p>{t('admin.settings.changed', { date, name })}</p>
}

function One({
  t,
  field,
  form,
}: Speech & { readonly field: SettingField; readonly form: SettingForm }): VNode {
  const { name, kind, label, help, unit, options, maxLength } = field
  const value = form.typed[name] ?? ''
  const error = form.errors[name]
  const id = `${idOf(form.group.name)}-${name}`
  const common = { name, id, label, help, error, aside: unit }
  if (kind === 'choice') return <Select {...common} value={value} options={options} />
  if (kind === 'long') return <TextArea {...common} value={value} maxLength={maxLength} />
  if (kind === 'lines') {
    const both = [help, t('admin.settings.lines')].filter((part) => part !== undefined).join(' ')
    return <TextArea {...common} help={both} value={value} />
  }
  if (kind === 'switch') return <Switch {...common} isOn={value === 'true'} />
  return <Field {...common} value={value} maxLength={maxLength} />
}

type SwitchProps = {
  readonly name: string
  readonly id: string
  readonly label: string
  readonly help: string | undefined
  readonly error: string | undefined
  readonly isOn: boolean
}

function Switch({ name, id, label, help, error, isOn }: SwitchProps): VNode {
  return (
    <div class="check-line">
      <input
        type="checkbox"
        id={id}
        name={name}
        value="true"
        checked={isOn}
        aria-describedby={help === undefined ? undefined : `${id}-help`}
      />
      <label for={id}>{label}</label>
      {error !== undefined && <FieldError id={`${id}-error`} text={error} />}
      {help !== undefined && (
        <p class="field-help" id={`${id}-help`}>
          {help}
        </p>
      )}
    </div>
  )
}

function differs({ group, fields }: SettingForm): boolean {
  return fields.some(
    ({ name }) => JSON.stringify(group.values[name]) !== JSON.stringify(group.defaults[name]),
  )
}

function idOf(group: string): string {
  return `settings-${group.replace(':', '-')}`
}
