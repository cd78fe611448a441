import type { VNode } from 'preact'
import { FieldError, Notice, TrustedHtml } from '#core'
import { HiddenNotice } from './hidden-notice.tsx'
import { MarkdownHelp } from './markdown-help.tsx'
import { PicturePanel } from './picture-panel.tsx'
import type { WriteField, WriteProps } from './write-props.ts'
import { WriteBar } from './write-bar.tsx'

/**
 * The writing page: one form that works as it stands. `client/write.ts` adds saving while typing
 * and finds its words and places in the `data-` attributes.
 */
export function WritePage(props: WriteProps): VNode {
  const { t, post, preview, draftKey } = props
  return (
    <form
      class="write"
      method="post"
      action={props.action}
      data-api={props.api}
      data-edit={props.editPrefix}
      data-post={post?.id}
      data-state={post?.state ?? 'draft'}
      data-unsaved={isStored(props) ? undefined : ''}
      data-words={JSON.stringify(pluralForms(props, 'blog.write.words'))}
      data-minutes={JSON.stringify(pluralForms(props, 'blog.minutes'))}
    >
      <input type="hidden" name="baseRev" value={post?.rev ?? ''} />
      {draftKey !== undefined && <input type="hidden" name="key" value={draftKey} />}
      <WriteBar {...props} />
      <div class="write-page" id="write-text">
        <Told {...props} />
        <PicturePanel t={t} />
        {preview === undefined && <h1 class="visually-hidden">{t('blog.write.page')}</h1>}
        {preview !== undefined && (
          <article class="write-preview" aria-label={t('blog.write.preview')}>
            <h1>{props.values.title || t('blog.untitled')}</h1>
            <TrustedHtml class="post-body" html={preview} />
          </article>
        )}
        <div class="write-fields">
          <TextField
            props={props}
            field="title"
            look="write-title"
            rows={1}
            autofocus={post === undefined}
          />
          <TextField props={props} field="markdown" look="write-body" rows={12} />
        </div>
      </div>
      <MarkdownHelp t={t} />
      <p class="visually-hidden" role="status" data-announce />
    </form>
  )
}

/** The form came back without being kept: after a preview, a refusal, a conflict. */
function isStored({ preview, conflict, errors = {} }: WriteProps): boolean {
  return preview === undefined && conflict === undefined && Object.keys(errors).length === 0
}

/** What happened to the text before this page was drawn. */
function Told({ t, conflict, errors, hidden }: WriteProps): VNode {
  const hasErrors = errors !== undefined && Object.keys(errors).length > 0
  return (
    <>
      {hidden && <HiddenNotice t={t} note={hidden} isOwn />}
      {conflict && (
        <Notice kind="bad" title={t('blog.write.conflict')}>
          <p>
            {t('blog.write.conflict.text')}{' '}
            <a href={conflict.compareHref}>{t('blog.write.conflict.compare')}</a>
          </p>
        </Notice>
      )}
      {hasErrors && <Notice kind="bad" title={t('blog.write.errors')} />}
      <div class="notice notice-info" data-restored hidden>
        <div>
          <p class="notice-title" data-restored-title={t('blog.write.restored', { time: '#' })} />
          <p>{t('blog.write.restored.text')}</p>
          <button type="button" class="button button-line button-s" data-restored-undo>
            {t('blog.write.restored.undo')}
          </button>
        </div>
      </div>
      <div class="notice notice-warn" data-left hidden>
        <div>
          <p class="notice-title">{t('blog.write.left')}</p>
          <p>{t('blog.write.left.text')}</p>
          <button type="button" class="button button-line button-s" data-left-take>
            {t('blog.write.left.take')}
          </button>
        </div>
      </div>
    </>
  )
}

type TextFieldProps = {
  readonly props: WriteProps
  readonly field: Extract<WriteField, 'title' | 'markdown'>
  readonly look: string
  readonly rows: number
  readonly autofocus?: boolean | undefined
}

function TextField({ props, field, look, rows, autofocus }: TextFieldProps): VNode {
  const { t, values, errors } = props
  const error = errors?.[field]
  return (
    <>
      <textarea
        class={look}
        name={field}
        rows={rows}
        placeholder={t(`blog.write.${field}`)}
        aria-label={t(`blog.write.${field}`)}
        aria-invalid={error === undefined ? undefined : 'true'}
        aria-describedby={error === undefined ? undefined : `write-${field}-error`}
        autofocus={autofocus}
        spellcheck
      >
        {values[field]}
      </textarea>
      {error !== undefined && <FieldError id={`write-${field}-error`} text={error} />}
    </>
  )
}

/** One text per plural category, `#` for the number: the browser then needs no message parser. */
function pluralForms({ t }: WriteProps, key: string): Readonly<Record<string, string>> {
  const form = (count: number): string => t(key, { count }).replace(String(count), '#')
  return { one: form(1), few: form(2), many: form(5), other: form(5) }
}
