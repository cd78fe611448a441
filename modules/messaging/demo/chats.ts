type Who = 'anna' | 'lev' | 'marina' | 'timur' | 'olga' | 'emily'

/** What somebody of the demo has said in a chat. */
export interface DemoLine {
  readonly author: Who
  readonly minutesAgo: number
  /** Markdown, as people type it. */
  readonly text: string
  /** How many lines before this one stands the one it answers. */
  readonly answers?: number
  readonly reactions?: Readonly<Partial<Record<Who, string>>>
  readonly isPinned?: boolean
}

/** A chat of the demo. What stands in `unread` has been said after everybody looked last. */
export interface DemoChat {
  readonly type: 'private' | 'group' | 'channel'
  /** Of a group or channel. */
  readonly title?: string
  readonly about?: string
  readonly slug?: string
  /** Who makes it, and whom it is with. */
  readonly owner: Who
  readonly others: readonly Who[]
  readonly lines: readonly DemoLine[]
  readonly unread?: readonly DemoLine[]
}

const DAY = 1_440

export const CHATS: readonly DemoChat[] = [
  {
    type: 'group',
    title: 'Тропа первой субботы',
    about: 'Выходим в первую субботу месяца в девять от часовни. Кто проспал, догоняет.',
    owner: 'lev',
    others: ['anna', 'marina', 'timur', 'olga', 'emily'],
    lines: [
      {
        author: 'lev',
        minutesAgo: 2 * DAY + 310,
        text: '**Маршрут на субботу**\nЧасовня → ручей → изба на девятом → обратно по просеке. 14 км, по насту около пяти часов.\n\n> Термос, спички, запасные носки. Телефон можно не брать, там не ловит.',
        reactions: { anna: '👍', marina: '👍', timur: '🔥', olga: '❤️' },
        isPinned: true,
      },
      {
        author: 'olga',
        minutesAgo: 2 * DAY + 296,
        text: 'Скобы для бревна на пятом у меня в рюкзаке. Восемь штук, хватит?',
      },
      {
        author: 'lev',
        minutesAgo: 2 * DAY + 294,
        text: 'Хватит шести. Две оставим медведю.',
        answers: 1,
        reactions: { olga: '😂', emily: '😂' },
      },
      {
        author: 'emily',
        minutesAgo: 2 * DAY + 180,
        text: 'Is there a place for somebody who walks slowly and stops at every tree with a camera?',
      },
      {
        author: 'marina',
        minutesAgo: 2 * DAY + 171,
        text: 'There is. I stop at every bird, so you will be waiting for me.',
        answers: 1,
        reactions: { emily: '❤️' },
      },
      {
        author: 'timur',
        minutesAgo: DAY + 420,
        text: 'Трек прошлого раза: `14.2 км, 412 м набора`. По ощущениям было вдвое больше.',
      },
      {
        author: 'anna',
        minutesAgo: DAY + 405,
        text: 'Потому что обратно ты бежал.',
        answers: 1,
        reactions: { timur: '😂', lev: '😂' },
      },
      {
        author: 'anna',
        minutesAgo: DAY + 400,
        text: 'Беру пирог с брусникой. ||Второй спрячу до избы||',
      },
    ],
    unread: [
      {
        author: 'marina',
        minutesAgo: 95,
        text: 'Ночью обещают минус восемь. Наст будет как паркет.',
      },
      { author: 'olga', minutesAgo: 88, text: '@lev, ключ от избы у тебя или у лесника?' },
      {
        author: 'lev',
        minutesAgo: 85,
        text: 'У меня. И дрова там уже есть, сложил в октябре.',
        answers: 1,
      },
    ],
  },
  {
    type: 'channel',
    title: 'Озёрный телеграф',
    about: 'Лёд, ветер и катер. Коротко и по делу, каждый день к восьми.',
    slug: 'lake-telegraph',
    owner: 'anna',
    others: ['lev', 'marina', 'timur', 'olga', 'emily'],
    lines: [
      {
        author: 'anna',
        minutesAgo: 3 * DAY + 60,
        text: '**Среда.** Вода +1,4°, у пирса сало. Катер идёт по расписанию, обратно в 16:40.\n\n#катер #вода',
        reactions: { lev: '👍', marina: '👍' },
      },
      {
        author: 'anna',
        minutesAgo: 2 * DAY + 60,
        text: '**Четверг.** Первый припай до старой сваи. _Не выходить._ Лодки, кто ещё не поднял, сегодня последний спокойный день.\n\n#лёд',
        reactions: { lev: '🙏', olga: '👍', timur: '👍' },
      },
      {
        author: 'anna',
        minutesAgo: DAY + 60,
        text: '**Пятница.** Ветер северный до двенадцати метров. Катера нет. Почту привезут машиной после обеда.\n\n#катер #ветер',
        reactions: { emily: '😮' },
      },
    ],
    unread: [
      {
        author: 'anna',
        minutesAgo: 62,
        text: '**Сегодня.** Тихо, минус шесть, лёд держится в заливе. Над тем берегом с полседьмого стояло гало: выйдите, пока видно.\n\n#лёд #небо',
      },
    ],
  },
  {
    type: 'private',
    owner: 'anna',
    others: ['marina'],
    lines: [
      {
        author: 'marina',
        minutesAgo: DAY + 190,
        text: 'Аня, коробка с катера у меня. Дрожжи живы, Тэффи немного подмокла.',
      },
      {
        author: 'anna',
        minutesAgo: DAY + 187,
        text: 'Тэффи бы это понравилось',
        reactions: { marina: '😂' },
      },
      {
        author: 'marina',
        minutesAgo: DAY + 186,
        text: 'Сегодня прошли _сорок три_ гоголя и одна очень недовольная гагара. Записала всех.',
      },
      {
        author: 'anna',
        minutesAgo: DAY + 180,
        text: 'Про гагару пришли отдельно, я из неё сделаю рассказ.',
        answers: 1,
      },
    ],
    unread: [
      {
        author: 'marina',
        minutesAgo: 40,
        text: 'Окно вижу. Спокойной ночи заранее, у меня вахта до двух.',
      },
    ],
  },
  {
    type: 'private',
    owner: 'emily',
    others: ['anna'],
    lines: [
      {
        author: 'emily',
        minutesAgo: 300,
        text: 'How do you say “the light is about to go” in one word?',
      },
      {
        author: 'anna',
        minutesAgo: 296,
        text: '«Смеркается». It even sounds like it is doing it.',
        answers: 1,
        reactions: { emily: '❤️' },
      },
      {
        author: 'emily',
        minutesAgo: 294,
        text: 'Смеркается. I shall say it every day until April.',
      },
    ],
  },
  {
    type: 'private',
    owner: 'timur',
    others: ['lev'],
    lines: [
      {
        author: 'timur',
        minutesAgo: 640,
        text: 'Программа, которая считает окна, влезла в сорок строк:\n```\nfor frame in night:\n    lit += count(frame, threshold=0.6)\n```',
      },
      {
        author: 'lev',
        minutesAgo: 612,
        text: 'А дом на горке? Там с осени занавески.',
        answers: 1,
      },
      {
        author: 'timur',
        minutesAgo: 610,
        text: 'Занавески учтены. Коэффициент 0,4.',
        reactions: { lev: '😂' },
      },
    ],
  },
]
