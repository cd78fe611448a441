import type { VNode } from 'preact'
import { Icon } from '#core'
import type { PageSpeech } from './props.ts'
import type { TocLink } from './post-props.ts'

const FEWEST = 3

type TocProps = Pick<PageSpeech, 't'> & { readonly toc: readonly TocLink[] }

/** Whether a post is long enough to need its contents. */
export function hasContents(toc: readonly TocLink[]): boolean {
  return toc.length >= FEWEST
}

/** Contents beside the text, for wide windows; the fold is then not drawn, and the other way round. */
export function TocColumn({ t, toc }: TocProps): VNode {
  return (
    <nav class="toc" aria-label={t('blog.contents')}>
      <p class="toc-title">{t('blog.contents')}</p>
      <TocItems toc={toc} />
    </nav>
  )
}

export function TocFold({ t, toc }: TocProps): VNode {
  return (
    <details class="toc-fold">
      <summary>
        <Icon name="list" />
        {t('blog.contents')}
        <Icon name="chevron-down" size={18} class="toc-arrow" />
      </summary>
      <nav aria-label={t('blog.contents')}>
        <TocItems toc={toc} />
      </nav>
    </details>
  )
}

function TocItems({ toc }: Pick<TocProps, 'toc'>): VNode {
  const top = Math.min(...toc.map(({ level }) => level))
  return (
    <ol class="toc-list">
      {toc.map(({ id, text, level }) => (
        <li key={id} class={level > top ? 'toc-deeper' : undefined}>
          <a href={`#${id}`}>{text}</a>
        </li>
      ))}
    </ol>
  )
}
