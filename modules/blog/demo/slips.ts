/** A place where a text breaks the rules of its typography. */
export interface Slip {
  readonly rule: string
  /** The place with its neighbours. */
  readonly at: string
}

const NEIGHBOURS = 18

const COMMON: readonly (readonly [rule: string, pattern: RegExp])[] = [
  ['a straight quote', /["']/g],
  ['a hyphen in the place of a dash', /(?:^|\s)-{1,2}\s(?=\S)|--/gm],
  ['a hyphen in the place of a minus', /(?:^|\s)-\d/gm],
  ['three full stops in the place of an ellipsis', /\.{3}/g],
  ['two spaces', /\S {2,}\S/g],
  ['an exclamation mark', /!/g],
]

const RUSSIAN: typeof COMMON = [
  ['foreign quotes', /[“”‘’]/g],
  ['е in the place of ё', wordsWithYo()],
  ['no space around a dash', /[а-яё»]—|—[а-яё«]/gi],
  ['a space before a mark', /\s[,.;:?…](?=\s|$)/gm],
]

/** Common words that are wrong without their ё, whatever stands beside them. */
function wordsWithYo(): RegExp {
  const words =
    'еще|ее|нее|мое|твое|свое|нашел|пошел|пришел|ушел|зашел|дошел|прошел|шел|лед|елка|елки|елку|' +
    'зеленый|зеленое|зеленая|зеленые|желтый|желтые|желтое|черный|черные|черное|трем|четырем|' +
    'ребенок|самолет|полет|теплый|теплая|теплое|темный|темная|темные|легкий|твердый|береза|березы|' +
    'счет|отчет|вперед|причем|живет|идет|поет|дает|ждет|берет|придет|найдет|везет|несет|вдвоем|' +
    'втроем|днем|огнем|дождем|утес|мед|актер|учеба|слезы|звезды|серьезно|надежно'
  return new RegExp(`(?<!\\p{L})(?:${words})(?!\\p{L})`, 'giu')
}

/** The slips of a text in Markdown; code, formulas, addresses and markup are not looked at. */
export function slipsIn(markdown: string, lang: 'ru' | 'en'): Slip[] {
  const prose = proseOf(markdown)
  const rules = lang === 'ru' ? [...COMMON, ...RUSSIAN] : COMMON
  return rules.flatMap(([rule, pattern]) =>
    [...prose.matchAll(pattern)].map(({ index, 0: found }) => ({
      rule,
      at: prose.slice(Math.max(0, index - NEIGHBOURS), index + found.length + NEIGHBOURS).trim(),
    })),
  )
}

function proseOf(markdown: string): string {
  return markdown
    .replaceAll(/^```.*?^```$/gms, '')
    .replaceAll(/^\$\$.*?^\$\$$/gms, '')
    .replaceAll(/`[^`\n]*`|\$[^$\n]+\$/g, 'x')
    .replaceAll(/<[^>\n]+>/g, '')
    .replaceAll(/!?\[([^\]]*)\]\([^\s)]+(?: "([^\n]*)")?\)/g, (_, text, title) =>
      title === undefined ? text : `${text}\n${title}`,
    )
    .replaceAll(/^\|[ :|-]+\|$/gm, '')
    .replaceAll(/^\|?\s*- (?:\[[ x]\] )?/gm, '')
    .replaceAll(/ *\| */g, '\n')
}
