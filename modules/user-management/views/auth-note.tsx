import { Button, LinkButton, type Speech } from '#core'
import type { VNode } from 'preact'
import { AuthFrame } from './auth-frame.tsx'

export type AuthNoteProps = Speech & {
  readonly title: string
  readonly text: string
  /** Where to go from here; the first is the main one. */
  readonly ways: readonly { readonly href: string; readonly label: string }[]
}

/** A page that only says something: done, closed, too late. */
export function AuthNotePage(props: AuthNoteProps): VNode {
  return (
    <AuthFrame {...props} lead={props.text}>
      {props.ways.map(({ href, label }, index) => (
        <LinkButton key={href} href={href} kind={index === 0 ? 'primary' : 'line'} size="l" wide>
          {label}
        </LinkButton>
      ))}
    </AuthFrame>
  )
}

export type ConfirmProps = Speech & {
  readonly action: string
  readonly title: string
  readonly text: string
  readonly button: string
  readonly problem?: string | undefined
}

/** Opening a link changes nothing, for programs open links as well: a person presses the button. */
export function ConfirmPage(props: ConfirmProps): VNode {
  return (
    <AuthFrame {...props} lead={props.text}>
      <Button kind="primary" size="l" wide>
        {props.button}
      </Button>
    </AuthFrame>
  )
}
