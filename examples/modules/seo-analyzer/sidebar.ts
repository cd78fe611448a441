import type { Locale, PagePart } from '#core'
import type { KeptScore } from './scores.ts'

const WORDS = {
  en: {
    title: 'Will it be found',
    label: (score: number) => `Score: ${score} of 100`,
    perfect: 'Nothing to add: everything looked at is in place.',
    outdated: 'The text has changed since. The next publication will be scored anew.',
  },
  ru: {
    title: 'Найдут ли запись',
    label: (score: number) => `Оценка: ${score} из 100`,
    perfect: 'Добавить нечего: всё проверенное на месте.',
    outdated: 'С тех пор текст изменился. Следующая публикация будет оценена заново.',
  },
} as const

/** A meter and the advice, where most points are missing first. */
export function sidebarPart({ score, checks, isOutdated }: KeptScore, locale: Locale): PagePart {
  const words = WORDS[locale]
  const advice = checks
    .toSorted((a, b) => b.max - b.points - (a.max - a.points))
    .flatMap((check) => check.advice?.[locale] ?? [])
  return {
    title: words.title,
    blocks: [
      { type: 'meter', label: words.label(score), value: score, max: 100 },
      ...(isOutdated ? [{ type: 'text', text: words.outdated } as const] : []),
      advice.length > 0 ? { type: 'list', items: advice } : { type: 'text', text: words.perfect },
    ],
  }
}
