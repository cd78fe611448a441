import type { VNode } from 'preact'
import {
  BackLink,
  Button,
  Card,
  Icon,
  LinkButton,
  type Speech,
  TrustedHtml,
} from '../../../templates/index.ts'

export type DataExport = {
  readonly id: string
  readonly state: 'running' | 'ready' | 'failed' | 'cancelled' | 'expired'
  readonly percent: number
  /** `12,4 МБ` */
  readonly size: string
  /** Day until which it can be fetched; empty while there is nothing to fetch. */
  readonly until: string
}

/** What the person's uploads take of their place. */
export type Room = {
  /** `12,4 МБ` */
  readonly taken: string
  readonly all: string
  /** 0 to 1 */
  readonly share: number
}

export type MyDataProps = Speech & {
  readonly room: Room
  /** The last one, if there ever was one. */
  readonly last: DataExport | undefined
  readonly days: number
}

type MyDataPageProps = Pick<Speech, 't'> & { readonly title: string; readonly card: string }

/** The card as a page of its own, where it follows an archive that is being made. */
export function MyDataPage({ t, title, card }: MyDataPageProps): VNode {
  return (
    <section class="privacy-page">
      <BackLink href="/settings" label={t('data.back')} />
      <h1 class="visually-hidden">{title}</h1>
      <TrustedHtml html={card} />
    </section>
  )
}

/** Everything the station keeps of the person, to take along; and the way out. */
export function MyData(props: MyDataProps): VNode {
  const { t, last } = props
  return (
    <Card id="my-data-card" title={t('data.title')} text={t('data.text')}>
      {last?.state === 'running' ? <Running t={t} {...last} /> : <Begin {...props} />}
      <Uploads {...props} />
      <div class="data-leave">
        <p>{t('data.leaveText')}</p>
        <LinkButton href="/settings/deletion" kind="danger" icon="trash-2">
          {t('data.leave')}
        </LinkButton>
      </div>
    </Card>
  )
}

const NEARLY_FULL = 0.9

function Uploads({ t, room: { taken, all, share } }: MyDataProps): VNode {
  return (
    <div class="data-room">
      <p id="data-room">{t('data.room', { taken, all })}</p>
      <meter
        aria-labelledby="data-room"
        min={0}
        max={1}
        high={NEARLY_FULL}
        optimum={0}
        value={share}
      />
      <p class="field-help">{t(share >= NEARLY_FULL ? 'data.roomFull' : 'data.roomHelp')}</p>
    </div>
  )
}

/** Reloads by itself where scripts run; without them the link does it. */
function Running({ t, id, percent }: Pick<MyDataProps, 't'> & DataExport): VNode {
  return (
    <div class="data-run" data-export={id}>
      <p role="status">
        {t('data.running')} <strong data-export-percent>{percent}</strong> %
      </p>
      <progress max="100" value={String(percent)} aria-label={t('data.running')} />
      <div class="data-buttons">
        <form method="post" action="/settings/data/cancel">
          <input type="hidden" name="id" value={id} />
          <Button kind="line" icon="x">
            {t('data.cancel')}
          </Button>
        </form>
        <LinkButton href="/settings/data" kind="quiet">
          {t('data.look')}
        </LinkButton>
      </div>
    </div>
  )
}

function Begin({ t, last, days }: MyDataProps): VNode {
  return (
    <>
      {last?.state === 'ready' && last.until !== '' && (
        <p class="data-ready">
          <a class="button button-primary button-m" href={`/api/v1/me/export/${last.id}`} download>
            <Icon name="package-open" />
            {t('data.fetch', { size: last.size })}
          </a>
          <span>{t('data.until', { day: last.until })}</span>
        </p>
      )}
      {last?.state === 'failed' && <p class="field-error">{t('data.failed')}</p>}
      <form class="data-begin" method="post" action="/settings/data">
        <Button kind={last?.state === 'ready' ? 'line' : 'primary'} icon="package-open">
          {t(last?.state === 'ready' ? 'data.again' : 'data.begin')}
        </Button>
        <p class="field-help">{t('data.help', { days })}</p>
      </form>
    </>
  )
}
