import type { ComponentChildren, VNode } from 'preact'
import type { IconName } from './icon-names.ts'
import { Icon } from './icon.tsx'

type Look = {
  /** `primary` stands once in a view; `danger` names the thing it destroys. */
  readonly kind?: 'primary' | 'line' | 'soft' | 'quiet' | 'danger' | undefined
  /** Heights: `m` 44, `l` 52 (forms, landing), `s` 40 (desktop toolbars; 44 on a phone). */
  readonly size?: 's' | 'm' | 'l' | undefined
  readonly icon?: IconName | undefined
  readonly iconAfter?: IconName | undefined
  /** Takes the whole width of its column. */
  readonly wide?: boolean | undefined
  /** Spoken name; required by a button that shows an icon only. */
  readonly label?: string | undefined
  readonly class?: string | undefined
  readonly children?: ComponentChildren
}

export type ButtonProps = Look & {
  readonly type?: 'submit' | 'button' | 'reset' | undefined
  readonly name?: string | undefined
  readonly value?: string | undefined
  /** Id of the form it sends, where the button stands outside of it. */
  readonly form?: string | undefined
  readonly formAction?: string | undefined
  /** Sends a form without the browser's own checks, for example to save a draft. */
  readonly formNoValidate?: boolean | undefined
  readonly popovertarget?: string | undefined
  readonly pressed?: boolean | undefined
}

export function Button(props: ButtonProps): VNode {
  return (
    <button
      type={props.type ?? 'submit'}
      class={classOf(props)}
      name={props.name}
      value={props.value}
      form={props.form}
      formAction={props.formAction}
      formNoValidate={props.formNoValidate}
      popovertarget={props.popovertarget}
      aria-pressed={props.pressed}
      aria-label={props.label}
    >
      <Inside {...props} />
    </button>
  )
}

export type LinkButtonProps = Look & {
  readonly href: string
  readonly rel?: string | undefined
}

/** A link that looks like a button: it leads somewhere and changes nothing. */
export function LinkButton(props: LinkButtonProps): VNode {
  return (
    <a class={classOf(props)} href={props.href} rel={props.rel} aria-label={props.label}>
      <Inside {...props} />
    </a>
  )
}

function Inside({ icon, iconAfter, children }: Look): VNode {
  return (
    <>
      {icon && <Icon name={icon} />}
      {children}
      {iconAfter && <Icon name={iconAfter} />}
    </>
  )
}

function classOf({ kind = 'line', size = 'm', wide, children, class: extra }: Look): string {
  const parts = ['button', `button-${kind}`, `button-${size}`]
  if (wide) parts.push('button-wide')
  if (children === undefined) parts.push('button-icon')
  if (extra !== undefined) parts.push(extra)
  return parts.join(' ')
}
