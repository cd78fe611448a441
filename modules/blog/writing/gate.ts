import type { Locale } from '#core'
import { picturesWithoutAlt, plainText, type QuarkDoc } from '../document/index.ts'
import type { GateFinding } from '../views/write-props.ts'

/** What a reader would miss in a post, found before it goes out; in the writer's language. */
export function gateOf(
  { title, isPrivate = false }: { readonly title: string; readonly isPrivate?: boolean },
  doc: QuarkDoc,
  locale: Locale,
): readonly GateFinding[] {
  const findings: GateFinding[] = []
  if (isPrivate) findings.push({ kind: 'warn', ...TEXTS.isPrivate[locale] })
  const silent = picturesWithoutAlt(doc).length
  const isEmpty = plainText(doc).trim() === '' && doc.doc.content.every(isBareText)
  if (isEmpty) findings.push({ kind: 'stop', ...TEXTS.empty[locale] })
  if (!isEmpty && title.trim() === '') findings.push({ kind: 'warn', ...TEXTS.untitled[locale] })
  if (silent > 0) findings.push({ kind: 'warn', ...TEXTS.silentPictures[locale](silent) })
  return findings
}

/** A post of pictures, formulas or embeds says something without a word. */
function isBareText({ type }: QuarkDoc['doc']['content'][number]): boolean {
  return type === 'paragraph' || type === 'heading' || type === 'horizontalRule'
}

type Words = Pick<GateFinding, 'title' | 'text'>

const TEXTS = {
  isPrivate: {
    en: {
      title: 'Only you see this post',
      text: 'To show it to others, take it back into the drafts and publish it again.',
    },
    ru: {
      title: 'Эту запись видите только вы',
      text: 'Чтобы показать её другим, верните её в черновики и опубликуйте снова.',
    },
  },
  empty: {
    en: { title: 'There is no text yet', text: 'Write a few lines; then the post can go out.' },
    ru: {
      title: 'Текста пока нет',
      text: 'Напишите хотя бы пару строк, и запись можно выпускать.',
    },
  },
  untitled: {
    en: {
      title: 'There is no title',
      text: 'Lists and feeds will show “Untitled”, and the address will be made of signs.',
    },
    ru: {
      title: 'Нет заголовка',
      text: 'В списках и лентах будет «Без названия», а в адресе — случайные знаки.',
    },
  },
  silentPictures: {
    en: (count: number): Words => ({
      title: count === 1 ? 'A picture has no description' : `${count} pictures have no description`,
      text: 'People who do not see pictures will not learn what is there. Write it in the square brackets: ![a lake at dawn](…).',
    }),
    ru: (count: number): Words => ({
      title: count === 1 ? 'У изображения нет описания' : `Изображений без описания: ${count}`,
      text: 'Кто не видит изображений, не узнает, что на них. Опишите их в квадратных скобках: ![озеро на рассвете](…).',
    }),
  },
} as const
