import { EmptyState, type PagePart, type Speech } from '#core'
import type { VNode } from 'preact'
import { Part } from './part.tsx'

export type DashboardProps = Speech & { readonly parts: readonly PagePart[] }

export function Dashboard({ t, parts }: DashboardProps): VNode {
  if (parts.length === 0) {
    return <EmptyState icon="check" title={t('admin.calm')} text={t('admin.calmText')} />
  }
  return (
    <div class="admin-board">
      {parts.map((part, index) => (
        <Part key={index} part={part} title={part.title} />
      ))}
    </div>
  )
}
