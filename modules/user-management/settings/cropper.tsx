import { Button, Icon, type IconName, type Translate } from '#core'
import type { VNode } from 'preact'

type Props = { readonly t: Translate }

const PREVIEWS = [
  { side: 96, where: 'blog' },
  { side: 48, where: 'chats' },
  { side: 26, where: 'lists' },
] as const

/** Where a script lets a portrait be cut; hidden until a file is chosen. */
export function CropperPlace({ t }: Props): VNode {
  return (
    <div class="cropper" data-cropper data-state={t('settings.crop.state', STATE)} hidden>
      <div
        class="cropper-stage"
        tabindex={0}
        role="application"
        aria-label={t('settings.crop.stage')}
        aria-describedby="crop-help"
        data-stage
      >
        <canvas data-canvas />
      </div>
      <div class="cropper-previews" aria-hidden="true">
        {PREVIEWS.map(({ side, where }) => (
          <div key={side}>
            <canvas class={`preview-${side}`} data-preview />
            <span>{t(`settings.crop.in.${where}`)}</span>
          </div>
        ))}
      </div>
      <div class="cropper-tools">
        <Tool t={t} icon="zoom-out" label="settings.crop.out" press="data-zoom-out" />
        <input
          type="range"
          min={100}
          max={400}
          step={1}
          value={100}
          aria-label={t('settings.crop.zoom')}
          data-zoom
        />
        <Tool t={t} icon="zoom-in" label="settings.crop.in" press="data-zoom-in" />
        <Tool t={t} icon="rotate-ccw" label="settings.crop.reset" press="data-reset" />
        <span class="cropper-end">
          <button type="button" class="button button-line button-m" data-another>
            {t('settings.crop.another')}
          </button>
          <Button kind="primary">{t('settings.crop.done')}</Button>
        </span>
      </div>
      <p class="field-help" id="crop-help">
        {t('settings.crop.help')}
      </p>
      <p class="visually-hidden" role="status" data-crop-state />
    </div>
  )
}

/** What the script puts its numbers in place of. */
const STATE = { zoom: '#zoom', left: '#left', top: '#top' }

type ToolProps = Props & {
  readonly icon: IconName
  readonly label: string
  readonly press: string
}

function Tool({ t, icon, label, press }: ToolProps): VNode {
  return (
    <button
      type="button"
      class="button button-quiet button-m button-icon"
      aria-label={t(label)}
      {...{ [press]: '' }}
    >
      <Icon name={icon} />
    </button>
  )
}
