import { Button, type Translate, UploadProgress } from '#core'
import type { VNode } from 'preact'

const PICTURES = 'image/jpeg,image/png,image/gif,image/webp,image/avif'
const MAX_ALT = 500

/**
 * Where a script asks what a picture shows and sends it; hidden until one is dropped, pasted or
 * chosen. Its fields have no names, so the form of the post never sends them.
 */
export function PicturePanel({ t }: { readonly t: Translate }): VNode {
  return (
    <>
      <input type="file" accept={PICTURES} multiple hidden data-picture-file />
      <section
        class="picture-panel"
        aria-label={t('blog.write.picture')}
        data-picture="/api/v1/blog/pictures"
        hidden
      >
        <p class="picture-name" data-picture-name />
        <label for="picture-alt">{t('blog.write.picture.alt')}</label>
        <div class="field-box">
          <input id="picture-alt" type="text" maxLength={MAX_ALT} data-picture-alt />
        </div>
        <p class="field-help">{t('blog.write.picture.altHelp')}</p>
        <UploadProgress t={t} />
        <div class="picture-acts">
          <button type="button" class="button button-primary button-m" data-picture-insert>
            {t('blog.write.picture.insert')}
          </button>
          <Button type="button" class="picture-drop">
            {t('blog.write.picture.drop')}
          </Button>
        </div>
      </section>
    </>
  )
}
