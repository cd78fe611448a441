import type { DemoAuthor } from './posts.ts'

/** What somebody has answered to a post of the demo, or to another comment. */
export interface DemoComment {
  /** Username. */
  readonly author: DemoAuthor
  readonly hoursAgo: number
  /** Plain text; an empty line parts paragraphs. */
  readonly text: string
  readonly replies?: readonly DemoComment[]
}

/** Conversations by the file of their post, oldest first. */
export const COMMENTS: Readonly<Record<string, readonly DemoComment[]>> = {
  'year-of-fog': [
    {
      author: 'lev',
      hoursAgo: 264,
      text: 'Порог 0,6 у меня на Ладоге не сработал: там берег ниже и контраст другой. Взял 0,45, и стало похоже на правду. Пришлите, пожалуйста, пару исходных снимков — хочу сравнить.',
      replies: [
        {
          author: 'anna',
          hoursAgo: 262,
          text: 'Сложила двадцать штук в архив и отправила вам. Ладогу показывайте обязательно.',
        },
      ],
    },
    {
      author: 'timur',
      hoursAgo: 250,
      text: 'Красивый ряд. Можно придраться? Порог подобран на тех же снимках, по которым потом считалось. Попробуйте отложить сорок кадров и не показывать их программе.',
      replies: [
        {
          author: 'anna',
          hoursAgo: 247,
          text: 'Отложила. Ошибка на отложенных — один кадр из сорока, и на нём опять баня.',
          replies: [
            { author: 'timur', hoursAgo: 246, text: 'Тогда молчу. Баня — это уже систематика.' },
          ],
        },
      ],
    },
    {
      author: 'emily',
      hoursAgo: 221,
      text: 'I read this with a dictionary and a cup of tea, and finished the tea first. “The lake went out for a walk” is now on my fridge.',
    },
  ],
  'path-not-on-the-map': [
    {
      author: 'marina',
      hoursAgo: 2.8,
      text: 'Изба на девятом — это где на двери вырезано «стучать не надо»? Мы там в девяносто восьмом пережидали грозу, втроём и с козой.',
      replies: [
        {
          author: 'lev',
          hoursAgo: 2.5,
          text: 'Она самая. Про козу в тетради есть запись. Теперь понятно.',
        },
      ],
    },
    {
      author: 'olga',
      hoursAgo: 2.1,
      text: 'Спасибо, что не поставили берёзу на карту. Бревно на пятом можно бы и укрепить, у меня есть скобы.',
      replies: [
        {
          author: 'lev',
          hoursAgo: 1.7,
          text: 'Давайте в первую субботу марта, по насту. Скобы ваши, топор мой.',
        },
      ],
    },
    {
      author: 'timur',
      hoursAgo: 1.2,
      text: '«Тут всё правильно. Только не так» — заберу эпиграфом в лекцию про картографические проекции.',
    },
  ],
  'night-train-to-kem': [
    {
      author: 'lev',
      hoursAgo: 50,
      text: 'Подтверждаю: в 0:52 вы прошли мимо моей палатки. Я вам помахал. Надеюсь, это считается.',
      replies: [{ author: 'anna', hoursAgo: 49, text: 'Считается. Я сказала «смотрите».' }],
    },
    {
      author: 'marina',
      hoursAgo: 46,
      text: 'Тамара Ильинична меня однажды довезла до Беломорска без билета, но с условием, что я всю ночь буду чистить картошку и слушать. Лучшая поездка в жизни.',
    },
    {
      author: 'emily',
      hoursAgo: 41,
      text: 'Is the spoon rhythm written down anywhere? Four and a rest, seven without: I would like to try it on the number 40.',
      replies: [
        {
          author: 'anna',
          hoursAgo: 40,
          text: 'It is now. On a napkin, in the café at the station, second table from the door.',
        },
      ],
    },
  ],
  'forty-letters': [
    {
      author: 'marina',
      hoursAgo: 146,
      text: 'Моё было среди восемнадцати. Я его перечитала раз двенадцать и всё собираюсь. Это не тишина, это почерк плохой.',
      replies: [
        {
          author: 'anna',
          hoursAgo: 145,
          text: 'Мариночка, не отвечайте. Пусть будет восемнадцать плюс вы.',
        },
      ],
    },
    {
      author: 'olga',
      hoursAgo: 140,
      text: 'После вашей записи написала сестре. Марок на почте не оказалось, пришлось ехать самой. Тоже, знаете, способ.',
    },
    {
      author: 'timur',
      hoursAgo: 131,
      text: '22,5 % при полном отсутствии напоминаний — это действительно очень много. Но мама ваша всё равно точнее.',
    },
  ],
  'lighthouse-letter-three': [
    {
      author: 'anna',
      hoursAgo: 74,
      text: 'Окно напротив пирса горит, проверила вчера и сегодня. Дрожжи, батарейки и Тэффи положила в коробку, катер в среду.',
      replies: [
        {
          author: 'marina',
          hoursAgo: 60,
          text: 'Значит, всё-таки окно. Обнимаю вас всех вместе с Тэффи.',
        },
      ],
    },
    {
      author: 'lev',
      hoursAgo: 72,
      text: 'Девятьсот сорок шагов — это чьих? Мне для карты.',
      replies: [
        {
          author: 'marina',
          hoursAgo: 59,
          text: 'Моих, в валенках, против ветра. По ветру восемьсот девяносто.',
        },
      ],
    },
  ],
  'town-shining-for-nobody': [
    {
      author: 'anna',
      hoursAgo: 170,
      text: 'А у меня из окна видно одно, на том берегу, третий год. Теперь думаю: вдруг оно тоже нас считает.',
    },
    {
      author: 'lev',
      hoursAgo: 168,
      text: 'Девятый этаж, крайнее справа? Там живёт часовщик, Борис Наумович. Он в это время заводит.',
      replies: [
        {
          author: 'timur',
          hoursAgo: 167,
          text: 'Не говорите мне, пожалуйста, ничего больше. Хотя нет, говорите.',
          replies: [
            {
              author: 'lev',
              hoursAgo: 166,
              text: 'Сто двенадцать часов. Если завести все подряд, как раз получается до рассвета.',
            },
          ],
        },
      ],
    },
    {
      author: 'olga',
      hoursAgo: 120,
      text: 'Сорок шесть человек — это же один автобус. Собрать бы их и напоить чаем.',
    },
  ],
  'october-in-one-paint': [
    {
      author: 'anna',
      hoursAgo: 122,
      text: 'Двадцать второй этюд и правда синий. Приложила к экрану бумажку с дыркой: в дырке серо. Убрала бумажку: синий. Магия.',
    },
    {
      author: 'emily',
      hoursAgo: 118,
      text: 'May I come and watch November being painted in soot? I can bring a bun and be very quiet.',
      replies: [
        {
          author: 'olga',
          hoursAgo: 116,
          text: 'Приходите по средам, после двух. Булочку берите, молчать не обязательно.',
        },
      ],
    },
  ],
  'first-ice': [
    {
      author: 'lev',
      hoursAgo: 434,
      text: 'На Укшозере в тот же день пел на терцию выше. Там глубже и встало позже.',
    },
    {
      author: 'marina',
      hoursAgo: 430,
      text: 'Собака, которая помогала, — моя. Она с тех пор кидает камешки сама, мордой. Результаты скромные.',
    },
  ],
  'learning-russian-from-timetables': [
    {
      author: 'anna',
      hoursAgo: 26,
      text: 'Emily, for what it is worth: on public holidays I do not run either.',
    },
    {
      author: 'timur',
      hoursAgo: 25,
      text: 'The table is correct, and I have seen native speakers fail at 21. Note that 11 breaks it: одиннадцать остановок. I am sorry.',
      replies: [
        {
          author: 'emily',
          hoursAgo: 24,
          text: 'I have only two hands, Timur. But thank you; it is on the left one now.',
        },
      ],
    },
  ],
  'server-in-the-pantry': [
    {
      author: 'timur',
      hoursAgo: 620,
      text: 'Шесть ватт круглый год — это 52,6 кВт·ч, или 283 рубля. Дешевле вишни в банке слева.',
      replies: [{ author: 'anna', hoursAgo: 618, text: 'Вишню не трогайте, она на праздники.' }],
    },
    {
      author: 'lev',
      hoursAgo: 600,
      text: 'Добрый вечер. Это я мигал в четверг, перечитывал про лёд.',
    },
  ],
  'small-hours-bread': [
    {
      author: 'olga',
      hoursAgo: 230,
      text: 'Третья дверь после аптеки? Я двадцать лет хожу мимо второй.',
      replies: [{ author: 'emily', hoursAgo: 228, text: 'Теперь — третья. Стучать в стекло.' }],
    },
  ],
}
