import type { VNode } from 'preact'
import { Chip, Icon } from '#core'
import type { BlogHomeProps } from './blog-props.ts'
import type { CountedTag } from './props.ts'

const SHOWN_TAGS = 8

/** Tags with their counts, and the switch between rows and cards. */
export function BlogTools(props: BlogHomeProps): VNode {
  const { t, tags, part, person } = props
  const chosen = part?.kind === 'tag' ? part.name : undefined
  const rest = tags.slice(SHOWN_TAGS)
  return (
    <div class="blog-tools">
      <nav class="blog-tags" aria-label={t('blog.tags')}>
        <Chip href={person.href} active={part === undefined}>
          {t('blog.all')}
        </Chip>
        {tags.slice(0, SHOWN_TAGS).map((tag) => (
          <TagChip key={tag.href} tag={tag} active={tag.name === chosen} />
        ))}
        {rest.length > 0 && (
          <details class="blog-tags-more" open={rest.some((tag) => tag.name === chosen)}>
            <summary class="chip">{t('blog.moreTags', { count: rest.length })}</summary>
            <div class="blog-tags-rest">
              {rest.map((tag) => (
                <TagChip key={tag.href} tag={tag} active={tag.name === chosen} />
              ))}
            </div>
          </details>
        )}
      </nav>
      <ViewSwitch {...props} />
    </div>
  )
}

function TagChip({ tag, active }: { readonly tag: CountedTag; readonly active: boolean }): VNode {
  return (
    <Chip href={tag.href} count={tag.count} active={active}>
      {tag.name}
    </Chip>
  )
}

function ViewSwitch({ t, view, viewHrefs }: BlogHomeProps): VNode {
  return (
    <nav class="view-switch" aria-label={t('blog.view')}>
      <a
        href={viewHrefs.list}
        aria-label={t('blog.view.list')}
        aria-current={view === 'list' ? 'true' : undefined}
      >
        <Icon name="layout-list" />
      </a>
      <a
        href={viewHrefs.cards}
        aria-label={t('blog.view.cards')}
        aria-current={view === 'cards' ? 'true' : undefined}
      >
        <Icon name="layout-grid" />
      </a>
    </nav>
  )
}
