import type { Flavour, Locale } from '#core'

/** Somebody who could live on a station by a northern lake. */
export interface DemoPerson {
  readonly username: string
  readonly displayName: string
  readonly bio: string
  readonly locale: Locale
  readonly flavour: Flavour
}

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  {
    username: 'anna',
    displayName: 'Анна Вересова',
    bio: 'Озеро, поезда и письма. Живу у воды, работаю редактором, по выходным хожу под парусом.',
    locale: 'ru',
    flavour: 'down',
  },
  {
    username: 'lev',
    displayName: 'Лев Карху',
    bio: 'Чиню лодочные моторы и пишу о дереве, инструментах и терпении.',
    locale: 'ru',
    flavour: 'strange',
  },
  {
    username: 'marina',
    displayName: 'Марина Сойту',
    bio: 'Биолог. Птицы Онежского залива, дневники наблюдений и немного карельской кухни.',
    locale: 'ru',
    flavour: 'top',
  },
  {
    username: 'timur',
    displayName: 'Тимур Алиев',
    bio: 'Программист и бегун. О маленьких программах, которые живут долго.',
    locale: 'ru',
    flavour: 'up',
  },
  {
    username: 'olga',
    displayName: 'Ольга Рюмина',
    bio: 'Учу детей физике, собираю карты старых дорог и варю варенье из морошки.',
    locale: 'ru',
    flavour: 'charm',
  },
  {
    username: 'emily',
    displayName: 'Emily Hart',
    bio: 'Photographer from Leeds, here for the light. Notes on winter, trains and learning Russian.',
    locale: 'en',
    flavour: 'bottom',
  },
]
