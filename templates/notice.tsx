import type { ComponentChildren, VNode } from 'preact'
import type { IconName } from './icon-names.ts'
import { Icon } from './icon.tsx'

export type NoticeKind = 'good' | 'warn' | 'bad' | 'info'

export type NoticeProps = {
  readonly kind: NoticeKind
  readonly title?: string | undefined
  readonly children?: ComponentChildren
}

const ICONS: Readonly<Record<NoticeKind, IconName>> = {
  good: 'check',
  warn: 'triangle-alert',
  bad: 'circle-alert',
  info: 'info',
}

/** A panel that tells what happened. Readers of the screen hear a `bad` one at once. */
export function Notice({ kind, title, children }: NoticeProps): VNode {
  return (
    <div class={`notice notice-${kind}`} role={kind === 'bad' ? 'alert' : 'status'}>
      <Icon name={ICONS[kind]} />
      <div>
        {title !== undefined && <p class="notice-title">{title}</p>}
        {children}
      </div>
    </div>
  )
}
