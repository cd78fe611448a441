import { stemmer } from '@orama/stemmers/russian'

/** What Snowball shortens further, because it ends as some forms of other words do. */
const WHOLE = [
  'богослов вызов голов дубров засов коров кузов основ остов остров подков покров полуостров рыболов улов',
  'нагрев напев посев припев',
  'времен замен измен имен обмен перемен подмен экзамен',
  'диадем подсистем проблем систем теорем эмблем экосистем',
]
const ENDINGS = 'а|ам|ами|ах|е|ем|и|ов|ой|ом|ою|у|ы'
const WHOLE_WORD = new RegExp(`^(${WHOLE.join(' ').replaceAll(' ', '|')})(?:${ENDINGS})?$`)

/** Forms that look like those of another word, behind one that tells. */
const FORMS: Readonly<Record<string, string>> = {
  башни: 'башен',
  басни: 'басен',
  ведра: 'ведер',
  весны: 'весен',
  ветра: 'ветер',
  вишни: 'вишен',
  времени: 'время',
  деньги: 'денег',
  деревни: 'деревень',
  день: 'дня дню днем дне дни дней дням днями днях',
  дочери: 'дочь',
  земли: 'земель',
  имени: 'имя',
  капли: 'капель',
  котла: 'котел',
  кресла: 'кресел',
  куклы: 'кукол',
  любви: 'любовь любовью',
  матери: 'мать',
  огня: 'огонь',
  окна: 'окон',
  орла: 'орел',
  песни: 'песен',
  письма: 'писем',
  пятна: 'пятен',
  ребра: 'ребер',
  сестры: 'сестер',
  сосны: 'сосен',
  спальни: 'спален',
  стекло: 'стекол',
  угла: 'угол',
  узла: 'узел',
  церкви: 'церковь церковью',
  часовни: 'часовен',
  черешни: 'черешен',
  числа: 'чисел',
  ядра: 'ядер',
  яйца: 'яиц',
}

const UNDERSTOOD = new Map(
  Object.entries(FORMS).flatMap(([base, forms]) =>
    forms.split(' ').map((form) => [form, base] as const),
  ),
)

/** What the forms of a Russian word have in common: Snowball, and what it does not know of. */
export function russianStem(word: string): string {
  const told = UNDERSTOOD.get(word) ?? word
  return WHOLE_WORD.exec(told)?.[1] ?? withoutFleeting(stemmer(told))
}

/**
 * «Булок» is a form of «булка», and «отец» of «отца»: before the last к or ц a vowel stands in some
 * forms only, and a soft sign or й in its place in others («кошелька», «бойца»).
 */
function withoutFleeting(stem: string): string {
  return stem
    .replace(/(?<=[аеиоуыэюя])ек$/, 'йк')
    .replace(/(?<=[аеиоуыэюя])[ея]ц$/, 'йц')
    .replace(/(?<=[аеиоуыэюя].*[лнр])ек$/, 'ьк')
    .replace(/(?<=[аеиоуыэюя].*л)ец$/, 'ьц')
    .replace(/(?<=[аеиоуыэюя].*[^аеиоуыэюяйь])[ое](?=[кц]$)/, '')
}
