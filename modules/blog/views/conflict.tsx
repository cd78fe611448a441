import type { VNode } from 'preact'
import { Button, fullDate, LinkButton, PageHeading, timeOfDay } from '#core'
import type { ConflictProps } from './write-props.ts'

/** The typed version beside the stored one. Nothing changes until the person chooses. */
export function ConflictPage(props: ConflictProps): VNode {
  const { t, mine, theirs, theirsHref } = props
  return (
    <div class="conflict">
      <PageHeading title={t('blog.conflict')} lead={t('blog.conflict.text')} />
      <div class="versions">
        <form class="version" method="post" action={props.action}>
          {Object.entries(mine).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <input type="hidden" name="baseRev" value={theirs.rev} />
          <h2>{t('blog.conflict.mine')}</h2>
          <p class="version-when">{t('blog.conflict.mine.when')}</p>
          <VersionText title={mine.title} markdown={mine.markdown} {...props} />
          <Button name="action" value="save" kind="primary">
            {t('blog.conflict.mine.keep')}
          </Button>
        </form>
        <section class="version">
          <h2>{t('blog.conflict.theirs')}</h2>
          <p class="version-when">{storedWhen(props)}</p>
          <VersionText title={theirs.title} markdown={theirs.markdown} {...props} />
          <LinkButton href={theirsHref}>{t('blog.conflict.theirs.open')}</LinkButton>
        </section>
      </div>
    </div>
  )
}

type VersionTextProps = ConflictProps & { readonly title: string; readonly markdown: string }

function VersionText({ t, title, markdown }: VersionTextProps): VNode {
  return (
    <div class="version-text" tabIndex={0} role="group" aria-label={title || t('blog.untitled')}>
      <h3>{title || t('blog.untitled')}</h3>
      <pre>{markdown}</pre>
    </div>
  )
}

function storedWhen({ t, locale, timeZone, theirs }: ConflictProps): string {
  if (theirs.savedAt === undefined) return t('blog.conflict.theirs.when')
  return t('blog.conflict.theirs.at', {
    date: fullDate(theirs.savedAt, locale, timeZone),
    time: timeOfDay(theirs.savedAt, locale, timeZone),
  })
}
