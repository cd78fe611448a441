import type { VNode } from 'preact'
import { Button, Field, fullDate, Icon, Select, TextArea, timeOfDay, TrustedHtml } from '#core'
import type { GateFinding, WriteProps } from './write-props.ts'

const EXCERPT_CHARS = 160

/** Everything about a post that is not its text; a native fold, drawn as a panel at the side. */
export function PublishSheet(props: WriteProps): VNode {
  const { t, post, errors = {}, sheetOpen } = props
  const isPublished = post?.state === 'published'
  const hasError = Object.keys(errors).some((field) => field !== 'title' && field !== 'markdown')
  return (
    <details class="sheet" open={sheetOpen === true || hasError}>
      <summary class="button button-primary button-m sheet-summary">
        <span class="sheet-open">
          {t(isPublished ? 'blog.write.update' : 'blog.write.publish')}
        </span>
        <span class="sheet-next">{t('blog.write.next')}</span>
        <span class="sheet-close">
          <Icon name="x" label={t('blog.write.close')} />
        </span>
      </summary>
      <div class="sheet-panel">
        <h2>{t('blog.write.sheet')}</h2>
        <div class="sheet-fields">
          <Gate {...props} />
          <SheetFields {...props} />
          {props.sidebar && <TrustedHtml class="sheet-slot" html={props.sidebar} />}
          {post && <Manage {...props} />}
        </div>
        <div class="sheet-foot">
          <Button name="action" value="publish" kind="primary" size="l" wide>
            <span
              data-publish-now={isPublished ? undefined : t('blog.write.publishNow')}
              data-publish-at={t('blog.write.publishAt', { date: '#date', time: '#time' })}
            >
              {publishLabel(props)}
            </span>
          </Button>
          <p>{t(isPublished ? 'blog.write.updateNote' : 'blog.write.publishNote')}</p>
        </div>
      </div>
    </details>
  )
}

function SheetFields({ t, values, errors = {}, addressPrefix, timeZone }: WriteProps): VNode {
  return (
    <>
      <Field
        name="slug"
        label={t('blog.write.slug')}
        prefix={addressPrefix}
        value={values.slug}
        placeholder={t('blog.write.slug.empty')}
        error={errors.slug}
        spelling="off"
        autocomplete="off"
      />
      <div class="sheet-pair">
        <Field
          name="publishAt"
          type="datetime-local"
          label={t('blog.write.when')}
          value={values.publishAt}
          error={errors.publishAt}
        />
        <Select
          name="visibility"
          label={t('blog.write.visibility')}
          value={values.visibility}
          error={errors.visibility}
          options={[
            { value: 'public', label: t('blog.write.visibility.public') },
            { value: 'unlisted', label: t('blog.write.visibility.unlisted') },
          ]}
        />
        <p class="sheet-help">{t('blog.write.when.help', { zone: timeZone })}</p>
      </div>
      <Field
        name="tags"
        label={t('blog.write.tags')}
        help={t('blog.write.tags.help')}
        value={values.tags}
        error={errors.tags}
        autocomplete="off"
      />
      <TextArea
        name="excerpt"
        label={t('blog.write.excerpt')}
        aside={t('blog.write.excerpt.count', {
          count: values.excerpt.length,
          max: EXCERPT_CHARS,
        })}
        help={t('blog.write.excerpt.help')}
        value={values.excerpt}
        error={errors.excerpt}
        rows={3}
      />
    </>
  )
}

/** Names what readers will miss; only a `stop` is in the way. */
function Gate({ t, gate, post, errors }: WriteProps): VNode | null {
  if (gate.length > 0) {
    return (
      <ul class="gate">
        {gate.map((finding) => (
          <Finding key={finding.title} {...finding} />
        ))}
      </ul>
    )
  }
  if (!post || errors) return null
  return (
    <p class="gate-well">
      <Icon name="check" size={18} />
      {t('blog.write.gateWell')}
    </p>
  )
}

function Finding({ kind, title, text }: GateFinding): VNode {
  return (
    <li class={`gate-${kind}`}>
      <Icon name={kind === 'stop' ? 'circle-alert' : 'triangle-alert'} />
      <div>
        <p class="gate-title">{title}</p>
        {text !== undefined && <p>{text}</p>}
      </div>
    </li>
  )
}

/** Taking a post back, and out of the world; the second asks once more, by the post's name. */
function Manage({ t, post, values }: WriteProps): VNode {
  const title = values.title || t('blog.untitled')
  return (
    <div class="sheet-manage">
      {post?.href !== undefined && (
        <a class="button button-quiet button-s" href={post.href}>
          <Icon name="globe" size={18} />
          {t('blog.write.open')}
        </a>
      )}
      {post?.state !== 'draft' && (
        <Button name="action" value="unpublish" kind="quiet" size="s" icon="undo-2" formNoValidate>
          {t(post?.state === 'scheduled' ? 'blog.write.unschedule' : 'blog.write.unpublish')}
        </Button>
      )}
      <details class="sheet-delete">
        <summary class="button button-quiet button-s">
          <Icon name="trash-2" size={18} />
          {t('blog.write.delete')}
        </summary>
        <div class="sheet-confirm">
          <p>{t('blog.write.delete.ask', { title })}</p>
          <Button name="action" value="delete" kind="danger" size="s" formNoValidate>
            {t('blog.write.delete.yes')}
          </Button>
        </div>
      </details>
    </div>
  )
}

function publishLabel({ t, locale, post, values }: WriteProps): string {
  if (post?.state === 'published') return t('blog.write.updateNow')
  if (Number.isNaN(Date.parse(values.publishAt))) return t('blog.write.publishNow')
  // What the person typed is already their own wall clock.
  const wallClock = `${values.publishAt.slice(0, 16)}:00Z`
  return t('blog.write.publishAt', {
    date: fullDate(wallClock, locale, 'UTC'),
    time: timeOfDay(wallClock, locale, 'UTC'),
  })
}
