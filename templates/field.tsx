import { h } from 'preact'
import type { ComponentChildren, VNode } from 'preact'
import { Icon } from './icon.tsx'

type Described = {
  readonly name: string
  readonly label: string
  /** One sentence under the field. */
  readonly help?: string | undefined
  /** What is wrong, as a sentence. The typed value stays. */
  readonly error?: string | undefined
  /** Short text at the end of the label's line, for example a counter. */
  readonly aside?: string | undefined
  readonly required?: boolean | undefined
  /** Takes the focus when the page opens: the first field, or the first wrong one. */
  readonly autofocus?: boolean | undefined
  /** Differs from `name` where two forms of one page have a field of the same name. */
  readonly id?: string | undefined
}

export type FieldProps = Described & {
  readonly type?: 'text' | 'email' | 'password' | 'url' | 'search' | 'date' | 'datetime-local'
  readonly value?: string | undefined
  readonly placeholder?: string | undefined
  readonly autocomplete?: string | undefined
  readonly minLength?: number | undefined
  readonly maxLength?: number | undefined
  readonly pattern?: string | undefined
  /** Fixed beginning drawn inside the box, for example `onego.example/user/`. */
  readonly prefix?: string | undefined
  /** `off` for addresses, names of accounts and passwords: no capitals, no corrections. */
  readonly spelling?: 'on' | 'off' | undefined
  /** Stands inside the box at its end, for example a button that shows the password. */
  readonly children?: ComponentChildren
}

export function Field(props: FieldProps): VNode {
  return (
    <Frame {...props}>
      <div class="field-box">
        {props.prefix !== undefined && (
          <span class="field-prefix" aria-hidden="true">
            {props.prefix}
          </span>
        )}
        <Input {...props} />
        {props.children}
      </div>
    </Frame>
  )
}

/** Made by `h`, because the typings of JSX want the type of an input to be known beforehand. */
function Input(props: FieldProps): VNode {
  const { type = 'text', value, placeholder, autocomplete, minLength, maxLength, pattern } = props
  const own = { type, value, placeholder, autocomplete, minLength, maxLength, pattern }
  const spelling = props.spelling === 'off' ? UNSPELLED : undefined
  const attributes: object = { ...control(props), ...own, ...spelling, id: idOf(props) }
  return h('input', attributes)
}

const UNSPELLED = { spellcheck: false, autocapitalize: 'none' } as const

export type TextAreaProps = Described & {
  readonly value?: string | undefined
  readonly rows?: number | undefined
  readonly maxLength?: number | undefined
  readonly placeholder?: string | undefined
}

export function TextArea(props: TextAreaProps): VNode {
  return (
    <Frame {...props}>
      <textarea
        {...control(props)}
        id={idOf(props)}
        class="field-area"
        rows={props.rows ?? 3}
        maxLength={props.maxLength}
        placeholder={props.placeholder}
      >
        {props.value}
      </textarea>
    </Frame>
  )
}

export type SelectProps = Described & {
  readonly value?: string | undefined
  readonly options: readonly { readonly value: string; readonly label: string }[]
}

export function Select(props: SelectProps): VNode {
  return (
    <Frame {...props}>
      <div class="field-box field-select">
        <select {...control(props)} id={idOf(props)}>
          {props.options.map(({ value, label }) => (
            <option key={value} value={value} selected={value === props.value}>
              {label}
            </option>
          ))}
        </select>
        <Icon name="chevron-down" size={18} />
      </div>
    </Frame>
  )
}

function Frame(props: Described & { readonly children?: ComponentChildren }): VNode {
  const id = idOf(props)
  return (
    <div class={props.error === undefined ? 'field' : 'field field-wrong'}>
      <div class="field-top">
        <label for={id}>{props.label}</label>
        {props.aside !== undefined && <span class="field-aside">{props.aside}</span>}
      </div>
      {props.children}
      {props.error !== undefined && <FieldError id={`${id}-error`} text={props.error} />}
      {props.help !== undefined && (
        <p class="field-help" id={`${id}-help`}>
          {props.help}
        </p>
      )}
    </div>
  )
}

/** Icon and sentence under a field, so that an error never speaks by colour alone. */
export function FieldError({ id, text }: { readonly id: string; readonly text: string }): VNode {
  return (
    <p class="field-error" id={id}>
      <Icon name="circle-alert" size={18} />
      <span>{text}</span>
    </p>
  )
}

type Control = {
  readonly name: string
  readonly required: boolean | undefined
  readonly autofocus: boolean | undefined
  readonly 'aria-invalid': 'true' | undefined
  readonly 'aria-describedby': string | undefined
}

function control(props: Described): Control {
  const id = idOf(props)
  const described = [
    props.error === undefined ? undefined : `${id}-error`,
    props.help === undefined ? undefined : `${id}-help`,
  ].filter((part) => part !== undefined)
  return {
    name: props.name,
    required: props.required,
    autofocus: props.autofocus,
    'aria-invalid': props.error === undefined ? undefined : 'true',
    'aria-describedby': described.length === 0 ? undefined : described.join(' '),
  }
}

function idOf({ id, name }: Described): string {
  return id ?? `field-${name}`
}
