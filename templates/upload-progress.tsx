import type { VNode } from 'preact'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import type { Translate } from './translate.ts'

/**
 * Where a script shows an upload: a bar with a number and a way to stop, or why a file did not
 * arrive. `bindUpload` of `#client` finds its places and words by the `data-` attributes.
 */
export function UploadProgress({ t }: { readonly t: Translate }): VNode {
  return (
    <div
      class="upload"
      data-upload
      data-percent={t('upload.percent', { percent: '#' })}
      data-too-large={t('upload.tooLarge')}
      data-wrong-type={t('upload.wrongType')}
      data-too-many-pixels={t('upload.tooManyPixels')}
      data-offline={t('upload.offline')}
      data-refused={t('upload.refused')}
      data-cancelled={t('upload.cancelled')}
    >
      <div class="upload-running" data-upload-running hidden>
        <progress max={100} value={0} aria-label={t('upload.label')} />
        <span data-upload-number />
        <Button type="button" size="s" icon="x" class="upload-cancel">
          {t('upload.cancel')}
        </Button>
      </div>
      <p class="field-error" role="alert" data-upload-problem hidden>
        <Icon name="circle-alert" size={18} />
        <span />
      </p>
    </div>
  )
}
