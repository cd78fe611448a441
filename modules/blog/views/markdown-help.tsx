import type { VNode } from 'preact'
import type { Translate } from '#core'

const NOTATION: readonly { readonly key: string; readonly sample: string }[] = [
  { key: 'heading', sample: '## ' },
  { key: 'bold', sample: '**…**' },
  { key: 'italic', sample: '*…*' },
  { key: 'link', sample: '[…](https://…)' },
  { key: 'picture', sample: '![…](/media/…)' },
  { key: 'quote', sample: '> ' },
  { key: 'list', sample: '- ' },
  { key: 'numbers', sample: '1. ' },
  { key: 'tasks', sample: '- [ ] ' },
  { key: 'code', sample: '`…`' },
  { key: 'codeBlock', sample: '```python' },
  { key: 'note', sample: '[^1]' },
  { key: 'table', sample: '| … | … |' },
  { key: 'math', sample: '$x^2$' },
]

/** How to mark up a text; a native popover beside it. */
export function MarkdownHelp({ t }: { readonly t: Translate }): VNode {
  return (
    <div id="markdown-help" class="markdown-help" popover="auto">
      <h2>{t('blog.markdown')}</h2>
      <dl>
        {NOTATION.map(({ key, sample }) => (
          <div key={key}>
            <dt>{t(`blog.markdown.${key}`)}</dt>
            <dd>
              <code>{sample}</code>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
