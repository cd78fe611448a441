import { Button, fullDate, Notice, PageHeading, type Speech, TextArea } from '#core'
import type { VNode } from 'preact'
import { decisionPath } from '../desk.ts'
import type { DecisionTable } from '../tables.ts'

type Props = Speech & {
  readonly decision: DecisionTable
  /** «вашу запись «Туман»» */
  readonly what: string
}

/** What was decided about something of the reader's own, why, and how to answer. */
export function DecisionPage(props: Props): VNode {
  const { t, locale, decision, what } = props
  const { deed, reason, words, excerpt, decided_at: at } = decision
  return (
    <div class="narrow">
      <PageHeading
        title={t('moderation.decision.title')}
        lead={t(`moderation.decision.${deed}`, { what, date: fullDate(at, locale, 'UTC') })}
      />
      <Standing {...props} />
      {excerpt !== '' && <blockquote class="report-text">{excerpt}</blockquote>}
      <dl class="decision-facts">
        <dt>{t('moderation.decision.reason')}</dt>
        <dd>{t(`moderation.reason.${reason}`)}</dd>
        {words !== '' && (
          <>
            <dt>{t('moderation.decision.words')}</dt>
            <dd>{words}</dd>
          </>
        )}
      </dl>
      <Answer {...props} />
    </div>
  )
}

function Standing({ t, decision }: Props): VNode | null {
  const { restored_at: restored, upheld_at: upheld, deleted_at: deleted } = decision
  if (restored !== null) return <Notice kind="good">{t('moderation.decision.restored')}</Notice>
  if (upheld !== null) return <Notice kind="info">{t('moderation.decision.upheld')}</Notice>
  return deleted === null ? null : <Notice kind="info">{t('moderation.decision.deleted')}</Notice>
}

function Answer({ t, decision }: Props): VNode | null {
  const { id, answer, answered_at: answered, restored_at: restored } = decision
  if (answered !== null) {
    return (
      <section class="stack">
        <h2>{t('moderation.decision.answered')}</h2>
        <blockquote class="report-text">{answer}</blockquote>
      </section>
    )
  }
  if (restored !== null) return null
  return (
    <form class="stack" method="post" action={decisionPath(id)}>
      <TextArea
        name="text"
        label={t('moderation.decision.answer')}
        help={t('moderation.decision.answerHelp')}
        value=""
        maxLength={1000}
      />
      <div>
        <Button kind="primary">{t('moderation.decision.send')}</Button>
      </div>
    </form>
  )
}
