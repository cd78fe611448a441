import type { PictureName } from './pictures.ts'

/** A post of the demo. Its text lies in `posts/<file>.md`. */
export interface DemoPost {
  /** Also the name by which other posts link to it: `[…](post:<file>)`. */
  readonly file: string
  /** Username. */
  readonly author: DemoAuthor
  readonly lang: 'ru' | 'en'
  readonly title: string
  readonly slug: string
  /** Shown under the title and in lists. */
  readonly lead: string
  readonly tags: readonly string[]
  /** Age of the publication. */
  readonly daysAgo: number
  readonly isPinned?: true
  readonly cover?: DemoCover
}

export type DemoAuthor = 'anna' | 'lev' | 'marina' | 'timur' | 'olga' | 'emily'

export interface DemoCover {
  readonly picture: PictureName
  readonly alt: string
  readonly caption?: string
}

export const POSTS: readonly DemoPost[] = [
  {
    file: 'path-not-on-the-map',
    author: 'lev',
    lang: 'ru',
    title: 'Тропа, которой нет на карте',
    slug: 'tropa-kotoroy-net-na-karte',
    lead: 'Двенадцать километров от станции Лижма по просеке, которую помнят только лоси и Виктор Ильич. Что взять, где свернуть и почему не стоит верить навигатору.',
    tags: ['лес', 'маршруты', 'карты'],
    daysAgo: 1,
    cover: {
      picture: 'no-path',
      alt: 'Высокий еловый лес в зелёной дымке, между стволами светло',
    },
  },
  {
    file: 'learning-russian-from-timetables',
    author: 'emily',
    lang: 'en',
    title: 'Learning Russian from a bus timetable',
    slug: 'learning-russian-from-a-bus-timetable',
    lead: 'On weekdays, on request, final stop. Two hundred words I could say before I could order soup.',
    tags: ['language', 'petrozavodsk'],
    daysAgo: 2,
    cover: {
      picture: 'wet-window',
      alt: 'City lights out of focus behind a wet bus window',
    },
  },
  {
    file: 'night-train-to-kem',
    author: 'anna',
    lang: 'ru',
    title: 'Ночной до Кеми',
    slug: 'nochnoy-do-kemi',
    lead: 'Плацкарт, чай в подстаканнике и проводница, которая знает по голосу каждый мост. Заметки с верхней полки.',
    tags: ['поезда'],
    daysAgo: 3,
    cover: {
      picture: 'night-train',
      alt: 'Ночное озеро: вдоль берега идёт поезд, его окна отражаются в воде',
    },
  },
  {
    file: 'lighthouse-letter-three',
    author: 'marina',
    lang: 'ru',
    title: 'Смена на маяке: письмо третье',
    slug: 'smena-na-mayake-pismo-tretye',
    lead: 'Ночью слышно, как остывает железо. К трём часам начинаешь узнавать шаги ветра.',
    tags: ['маяк', 'письма'],
    daysAgo: 4,
    cover: {
      picture: 'lighthouse',
      alt: 'Маяк на мысу ночью: луч света над озером и лунная дорожка',
    },
  },
  {
    file: 'lidia-notebook',
    author: 'anna',
    lang: 'ru',
    title: 'Тетрадь Лидии Павловны',
    slug: 'tetrad-lidii-pavlovny',
    lead: 'Погода с 1974 года: карандашом, по одной строке в день. Искала рекорды, а прочла роман.',
    tags: ['озеро', 'люди'],
    daysAgo: 5,
  },
  {
    file: 'october-in-one-paint',
    author: 'olga',
    lang: 'ru',
    title: 'Октябрь в одной краске',
    slug: 'oktyabr-v-odnoy-kraske',
    lead: 'Месяц писала этюды только охрой. Оказалось, что в ней есть и синий, если не спешить.',
    tags: ['акварель', 'осень'],
    daysAgo: 6,
    cover: {
      picture: 'one-paint',
      alt: 'Осенние холмы, написанные одной охрой, бледное солнце',
    },
  },
  {
    file: 'forty-letters',
    author: 'anna',
    lang: 'ru',
    title: 'Как я написала сорок писем и получила девять',
    slug: 'kak-ya-napisala-sorok-pisem',
    lead: 'Эксперимент длиной в год: бумага, марки и терпение. Отвечают не те, от кого ждёшь, и это лучшая его часть.',
    tags: ['письма'],
    daysAgo: 7,
  },
  {
    file: 'town-shining-for-nobody',
    author: 'timur',
    lang: 'ru',
    title: 'Город, который светится вхолостую',
    slug: 'gorod-kotoryy-svetitsya-vholostuyu',
    lead: 'Посчитал, сколько окон горит в три часа ночи и для кого. Данные, код и немного грусти.',
    tags: ['данные', 'город', 'свет'],
    daysAgo: 8,
    cover: {
      picture: 'sleeping-town',
      alt: 'Ночной город у воды: тёмные дома, редкие окна, отражения фонарей',
    },
  },
  {
    file: 'garden-under-snow',
    author: 'olga',
    lang: 'ru',
    title: 'Огород под снегом',
    slug: 'ogorod-pod-snegom',
    lead: 'Он наконец выглядит так, будто я всё успела. Итоги года, одна потерянная перчатка и тыква в заборе.',
    tags: ['огород', 'зима'],
    daysAgo: 10,
    cover: {
      picture: 'first-snow',
      alt: 'Первый снег на лесистых холмах, в низинах туман',
    },
  },
  {
    file: 'small-hours-bread',
    author: 'emily',
    lang: 'en',
    title: 'Not ready. Sit.',
    slug: 'not-ready-sit',
    lead: 'A bakery that opens at four in the morning, and the five people in it who are not buying bread.',
    tags: ['petrozavodsk', 'people'],
    daysAgo: 11,
  },
  {
    file: 'year-of-fog',
    author: 'anna',
    lang: 'ru',
    title: 'Год тумана: что видно из одного окна',
    slug: 'god-tumana',
    lead: 'Двенадцать месяцев я снимала озеро в семь утра. Получилось 365 кадров, одна таблица и неожиданное знакомство с соседкой снизу.',
    tags: ['озеро', 'код', 'наблюдения'],
    daysAgo: 12,
    isPinned: true,
    cover: {
      picture: 'window-september',
      alt: 'Рассвет над лесным озером: туман у берега, холмы отражаются в воде',
      caption: '14 сентября, 7:00. Солнце поднялось раньше, чем туман успел уйти',
    },
  },
  {
    file: 'reading-a-ski-track',
    author: 'lev',
    lang: 'ru',
    title: 'Как читать чужую лыжню',
    slug: 'kak-chitat-chuzhuyu-lyzhnyu',
    lead: 'Небольшой алфавит для тех, кто ходит один: ямки, ёлочки, петли и лыжня, которая кончилась посреди поля.',
    tags: ['лес', 'зима'],
    daysAgo: 15,
    cover: {
      picture: 'birch-edge',
      alt: 'Берёзовая опушка в тёплой дымке',
    },
  },
  {
    file: 'first-ice',
    author: 'anna',
    lang: 'ru',
    title: 'Первый лёд',
    slug: 'pervyy-lyod',
    lead: 'Звенит, если бросить камешек: тонко, как струна. Записала звук, чтобы не забыть до весны.',
    tags: ['озеро', 'дом'],
    daysAgo: 19,
    cover: {
      picture: 'first-ice',
      alt: 'Молодой лёд на озере: бледно-голубое утро, тонкие трещины',
    },
  },
  {
    file: 'things-people-leave-in-books',
    author: 'emily',
    lang: 'en',
    title: 'Things people leave in books',
    slug: 'things-people-leave-in-books',
    lead: 'My whole job is to open every donated book by the spine and shake it gently. Here is what fell out.',
    tags: ['books', 'people'],
    daysAgo: 22,
  },
  {
    file: 'price-of-one-lamp',
    author: 'timur',
    lang: 'ru',
    title: 'Сколько стоит одна лампа',
    slug: 'skolko-stoit-odna-lampa',
    lead: 'Короткий расчёт, на который можно ссылаться на собрании жильцов, и вопрос мальчика с седьмого этажа.',
    tags: ['данные', 'свет'],
    daysAgo: 24,
  },
  {
    file: 'server-in-the-pantry',
    author: 'anna',
    lang: 'ru',
    title: 'Сервер в кладовке',
    slug: 'server-v-kladovke',
    lead: 'Рядом с вареньем и лыжами стоит маленький компьютер, на котором живёт эта страница. Рассказываю, как он туда попал.',
    tags: ['код', 'дом'],
    daysAgo: 27,
    cover: {
      picture: 'pantry',
      alt: 'Полки кладовки: банки с вареньем и маленький компьютер с огоньками',
    },
  },
  {
    file: 'vottovaara',
    author: 'lev',
    lang: 'ru',
    title: 'Воттоваара без чудес',
    slug: 'vottovaara-bez-chudes',
    lead: 'Ездил чертить профиль склона. Нашёл сухие дрова, сосну по плечо и электрика в серебристой куртке.',
    tags: ['маршруты', 'карты'],
    daysAgo: 30,
    cover: {
      picture: 'misty-hills',
      alt: 'Лесистые холмы в утреннем тумане стоят как острова, над ними солнце',
    },
  },
  {
    file: 'lighthouse-letter-one',
    author: 'marina',
    lang: 'ru',
    title: 'Смена на маяке: письмо первое',
    slug: 'smena-na-mayake-pismo-pervoye',
    lead: 'Передача дел заняла двадцать минут, из них пятнадцать мы искали кошку: она числится в описи.',
    tags: ['маяк', 'письма'],
    daysAgo: 33,
  },
  {
    file: 'hills-that-are-not-mountains',
    author: 'emily',
    lang: 'en',
    title: 'Hills that are not mountains',
    slug: 'hills-that-are-not-mountains',
    lead: 'They are round and brown and apologise for themselves. It took fifteen hundred miles to see them.',
    tags: ['walking', 'home'],
    daysAgo: 38,
    cover: {
      picture: 'heather-hills',
      alt: 'Purple hills fading into haze under a pale sun',
    },
  },
  {
    file: 'last-warm-evening',
    author: 'anna',
    lang: 'ru',
    title: 'Последний тёплый вечер',
    slug: 'posledniy-tyoplyy-vecher',
    lead: 'Мы сидели на пирсе до темноты, и никто не доставал телефон. Хватило одной фотографии.',
    tags: ['озеро'],
    daysAgo: 41,
  },
]
