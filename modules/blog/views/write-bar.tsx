import type { VNode } from 'preact'
import { Button, Icon, type IconName, LinkButton, timeOfDay } from '#core'
import type { WriteProps } from './write-props.ts'
import { PublishSheet } from './write-sheet.tsx'

/** Back, state, length, and the way to publishing. */
export function WriteBar(props: WriteProps): VNode {
  const { t, post, preview } = props
  return (
    <header class="write-bar">
      <LinkButton href={props.backHref} kind="quiet" icon="arrow-left" label={t('blog.back')} />
      <span class="write-name">{t(`blog.state.${post?.state ?? 'draft'}`)}</span>
      <StatePill {...props} />
      <span class="write-count" data-count>
        {t('blog.write.words', { count: props.words })}
        {' · '}
        {t('blog.minutes', { count: props.minutes })}
      </span>
      <Button class="write-save" name="action" value="save" size="s" formNoValidate>
        {t('blog.write.save')}
      </Button>
      <Button
        kind="quiet"
        type="button"
        icon="image"
        class="write-picture"
        label={t('blog.write.picture')}
      />
      <Button
        kind="quiet"
        type="button"
        icon="hash"
        label={t('blog.markdown')}
        popovertarget="markdown-help"
      />
      {preview === undefined ? (
        <Button
          kind="quiet"
          name="action"
          value="preview"
          icon="eye"
          label={t('blog.write.preview')}
          formNoValidate
        />
      ) : (
        <PreviewSwitch {...props} />
      )}
      <PublishSheet {...props} />
    </header>
  )
}

/** Belongs to no form, so that looking at the preview sends and loses nothing. */
function PreviewSwitch({ t }: WriteProps): VNode {
  return (
    <fieldset class="write-switch" aria-label={t('blog.write.preview')}>
      <label>
        <input type="radio" name="write-view" form="none" value="text" class="visually-hidden" />
        <span>{t('blog.write.text')}</span>
      </label>
      <label>
        <input
          type="radio"
          name="write-view"
          form="none"
          value="preview"
          class="visually-hidden"
          checked
        />
        <span>{t('blog.write.asRead')}</span>
      </label>
    </fieldset>
  )
}

type Shown = { readonly when: string; readonly icon: IconName; readonly look: string }

const STATES: readonly Shown[] = [
  { when: 'saving', icon: 'cloud-upload', look: 'pill' },
  { when: 'held', icon: 'cloud', look: 'pill' },
  { when: 'offline', icon: 'cloud-off', look: 'pill pill-warn' },
  { when: 'unkept', icon: 'triangle-alert', look: 'pill pill-bad' },
  { when: 'refused', icon: 'triangle-alert', look: 'pill pill-bad' },
]

/** Every state stands in the page; the form's `data-keeper` chooses which one is drawn. */
function StatePill(props: WriteProps): VNode {
  const { t, locale, timeZone, post } = props
  return (
    <div class="pills" data-pills={stateOf(props)}>
      <span class="pill pill-good" data-when="saved">
        <Icon name="cloud" size={18} />
        <span class="pill-text">{t('blog.write.saved')}</span>
        <time data-saved-at>{post && timeOfDay(post.savedAt, locale, timeZone)}</time>
      </span>
      {STATES.map(({ when, icon, look }) => (
        <span key={when} class={look} data-when={when}>
          <Icon name={icon} size={18} />
          <span class="pill-text">{t(`blog.write.${when}`)}</span>
        </span>
      ))}
      <button class="pill pill-bad" name="action" value="save" data-when="conflict">
        <Icon name="triangle-alert" size={18} />
        <span class="pill-text">{t('blog.write.conflict.short')}</span>
      </button>
    </div>
  )
}

function stateOf({ post, conflict, errors, preview }: WriteProps): string {
  if (conflict) return 'conflict'
  return post && errors === undefined && preview === undefined ? 'saved' : 'empty'
}
