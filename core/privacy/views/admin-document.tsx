import type { VNode } from 'preact'
import {
  BackLink,
  Button,
  Card,
  Field,
  type Locale,
  Notice,
  type Speech,
  TextArea,
  TrustedHtml,
} from '../../../templates/index.ts'
import type { DiffLine } from '../legal/line-diff.ts'

export type EditedText = {
  readonly locale: Locale
  readonly title: string
  readonly body: string
  /** How it would look. */
  readonly preview: string
  /** Against the shipped text. */
  readonly diff: readonly DiffLine[]
}

export type AdminDocumentProps = Speech & {
  readonly document: string
  readonly version: number
  readonly texts: readonly EditedText[]
  readonly asksAgain: boolean
  readonly problem: string | undefined
}

/** Both languages of one document; a press makes a new version of it. */
export function AdminDocumentPage(props: AdminDocumentProps): VNode {
  const { t, document, version, texts, asksAgain, problem } = props
  return (
    <form class="admin-document" method="post" action={`/admin/privacy/documents/${document}`}>
      <BackLink href="/admin/privacy" label={t('adminPrivacy.title')} />
      <p class="field-help">{t('adminPrivacy.placeholders')}</p>
      {problem !== undefined && <Notice kind="bad">{problem}</Notice>}
      <input type="hidden" name="baseVersion" value={String(version)} />
      {texts.map((text) => (
        <Text key={text.locale} t={t} {...text} />
      ))}
      <label class="asking-box">
        <span class="check">
          <input type="checkbox" name="asksAgain" value="true" checked={asksAgain} />
        </span>
        <span>
          {t('adminPrivacy.asksAgain')}
          <small>{t('adminPrivacy.asksAgainText')}</small>
        </span>
      </label>
      <div class="data-buttons">
        <Button kind="primary" name="action" value="publish">
          {t('adminPrivacy.publish', { version: version + 1 })}
        </Button>
        <Button kind="line" name="action" value="preview">
          {t('adminPrivacy.preview')}
        </Button>
        <Button kind="quiet" name="action" value="template" formNoValidate>
          {t('adminPrivacy.template')}
        </Button>
      </div>
    </form>
  )
}

const MARKS = { same: ' ', added: '+', removed: '−' } as const

function Text({ t, locale, title, body, preview, diff }: EditedText & Pick<Speech, 't'>): VNode {
  const isChanged = diff.some(({ kind }) => kind !== 'same')
  return (
    <Card title={t(`adminPrivacy.language.${locale}`)}>
      <Field
        name={`title-${locale}`}
        label={t('adminPrivacy.heading')}
        value={title}
        maxLength={200}
        required
      />
      <TextArea
        name={`body-${locale}`}
        label={t('adminPrivacy.body')}
        value={body}
        rows={16}
        maxLength={60_000}
        required
      />
      <details>
        <summary>{t('adminPrivacy.look')}</summary>
        <TrustedHtml class="legal-text legal-box" html={preview} />
      </details>
      <details>
        <summary>{t(isChanged ? 'adminPrivacy.differs' : 'adminPrivacy.differsNot')}</summary>
        <pre class="admin-diff">
          {diff.map(({ kind, text }) => (
            <span class={`diff-${kind}`}>{`${MARKS[kind]} ${text}\n`}</span>
          ))}
        </pre>
      </details>
    </Card>
  )
}
