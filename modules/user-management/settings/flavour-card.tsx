import { FLAVOURS, Icon } from '#core'
import type { SettingsCard } from './card.ts'
import { FormCard } from './form-card.tsx'

/** Six swatches with a name and the colour in words, so that nobody has to tell colours apart. */
export const flavourCard: SettingsCard = {
  id: 'look',
  icon: 'palette',
  label: 'settings.look',
  column: 'end',
  draw: ({ speech: { t }, me }, refused) => (
    <FormCard
      t={t}
      id="look"
      title={t('settings.flavour.title')}
      text={t('settings.flavour.text')}
      refused={refused}
    >
      <fieldset class="choices">
        <legend class="visually-hidden">{t('settings.flavour.title')}</legend>
        <div class="swatches">
          {FLAVOURS.map((flavour) => (
            <label key={flavour} data-flavour={flavour}>
              <input type="radio" name="flavour" value={flavour} checked={flavour === me.flavour} />
              <span class="swatch">
                <Icon name="check" />
              </span>
              <span>{t(`flavour.${flavour}.name`)}</span>
              <small>{t(`flavour.${flavour}.colour`)}</small>
            </label>
          ))}
        </div>
      </fieldset>
      <div class="look-sample" aria-hidden="true">
        <p>{t('settings.sample.theirs')}</p>
        <p>
          {t('settings.sample.mine')} <span>{t('settings.sample.link')}</span>
        </p>
      </div>
    </FormCard>
  ),
}
