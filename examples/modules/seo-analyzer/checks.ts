import { keywordsIn, sharesRoot } from './keyword.ts'
import { readability, wordsOf } from './readability.ts'
import type { PostSnapshot } from './snapshot.ts'

/** One thing looked at. */
export interface Check {
  readonly id: string
  /** Whole points, 0 to `max`. */
  readonly points: number
  readonly max: number
  /** What would bring the missing points; null when none are missing. */
  readonly advice: Advice | null
}

export interface Advice {
  readonly en: string
  readonly ru: string
}

/** Search pages cut a title at about seventy characters; below fifteen it promises nothing. */
const TITLE_CHARS = { min: 15, max: 70 }

export function titleCheck({ title }: PostSnapshot): Check {
  const chars = title.length
  if (chars === 0) {
    return check('title', 15, 0, {
      en: 'Give the post a title: it is the line that people see in search results.',
      ru: 'Дайте записи заголовок: именно эту строку увидят в поиске.',
    })
  }
  if (chars < TITLE_CHARS.min) {
    return check('title', 15, 9, {
      en: `The title has ${chars} characters. From ${TITLE_CHARS.min} on it can say what the post is about.`,
      ru: `В заголовке знаков: ${chars}. От ${TITLE_CHARS.min} он уже может сказать, о чём запись.`,
    })
  }
  if (chars > TITLE_CHARS.max) {
    return check('title', 15, 10, {
      en: `The title has ${chars} characters; search pages show about ${TITLE_CHARS.max}.`,
      ru: `В заголовке знаков: ${chars}, в поиске видно около ${TITLE_CHARS.max}.`,
    })
  }
  return check('title', 15, 15)
}

/** A reader expects a place to rest about every four hundred words. */
const WORDS_PER_HEADING = 400

export function headingsCheck({ headings, content }: PostSnapshot): Check {
  const expected = Math.floor(wordsOf(content).length / WORDS_PER_HEADING)
  const leap = headings.find(({ level }, i) => level > (headings[i - 1]?.level ?? 2) + 1)
  if (headings.length < expected) {
    return check('headings', 15, Math.floor((10 * headings.length) / expected), {
      en: `Divide the text with headings: ${headings.length} now, about ${expected} would suit its length.`,
      ru: `Разделите текст подзаголовками: сейчас их ${headings.length}, для такой длины нужно около ${expected}.`,
    })
  }
  if (leap) {
    return check('headings', 15, 10, {
      en: `The heading “${leap.text}” skips a level; go down one level at a time.`,
      ru: `Подзаголовок «${leap.text}» перескакивает через уровень; спускайтесь по одному.`,
    })
  }
  return check('headings', 15, 15)
}

export function lengthCheck({ content }: PostSnapshot, minWords: number): Check {
  const words = wordsOf(content).length
  if (words >= minWords) return check('length', 20, 20)
  return check('length', 20, Math.floor((20 * words) / minWords), {
    en: `The text has ${words} words of the desired ${minWords}. What would the reader ask next?`,
    ru: `В тексте слов: ${words}, желательно ${minWords}. О чём читатель спросит дальше?`,
  })
}

export function linksCheck({ links }: PostSnapshot): Check {
  const broken = links.filter(looksBroken)
  if (broken.length > 0) {
    return check('links', 10, Math.floor((8 * (links.length - broken.length)) / links.length), {
      en: `These links look broken: ${quoted(broken, '“', '”')}.`,
      ru: `Эти ссылки похожи на нерабочие: ${quoted(broken, '«', '»')}.`,
    })
  }
  const isOutward = links.some((link) => /^https?:/i.test(link))
  const isInward = links.some((link) => link.startsWith('/') && !link.startsWith('//'))
  if (isOutward && isInward) return check('links', 10, 10)
  if (links.length === 0) {
    return check('links', 10, 5, {
      en: 'Add a link: to a post of yours or to a source.',
      ru: 'Добавьте ссылку: на свою запись или на источник.',
    })
  }
  return isInward
    ? check('links', 10, 8, {
        en: 'Link to a source on another site as well.',
        ru: 'Сошлитесь и на источник на другом сайте.',
      })
    : check('links', 10, 8, {
        en: 'Link to another post on this station as well.',
        ru: 'Сошлитесь и на другую запись этой станции.',
      })
}

/** Nobody asks the network: these addresses cannot lead a reader anywhere. */
function looksBroken(link: string): boolean {
  if (link === '' || link === '#' || /\s/.test(link)) return true
  if (link.startsWith('/') || link.startsWith('#')) return link.startsWith('//')
  if (/^(?:mailto|tel):./i.test(link)) return false
  if (!URL.canParse(link)) return true
  const { protocol, hostname } = new URL(link)
  const isWeb = protocol === 'http:' || protocol === 'https:'
  return !isWeb || !hostname.includes('.') || /(?:^|\.)example\.(?:com|net|org)$/.test(hostname)
}

export function imagesCheck({ images }: PostSnapshot): Check {
  if (images.length === 0) {
    return check('images', 10, 6, {
      en: 'Add a picture: posts with one are opened more often.',
      ru: 'Добавьте изображение: такие записи открывают чаще.',
    })
  }
  const silent = images.filter(({ alt }) => alt === '').length
  if (silent === 0) return check('images', 10, 10)
  return check('images', 10, Math.floor((10 * (images.length - silent)) / images.length), {
    en: `Describe the pictures in words. Without a description: ${silent} of ${images.length}.`,
    ru: `Опишите изображения словами. Без описания: ${silent} из ${images.length}.`,
  })
}

/** From this ease on a text is read without effort; at the lower end it is studied. */
const EASE = { full: 55, none: 5 }

export function readabilityCheck({ content, headings, lang }: PostSnapshot): Check {
  const titles = new Set(headings.map(({ text }) => text))
  const running = content.split('\n').filter((line) => !titles.has(line.trim()))
  const { ease } = readability(running.join('\n'), lang)
  const share = Math.min(1, Math.max(0, (ease - EASE.none) / (EASE.full - EASE.none)))
  if (share === 1) return check('readability', 20, 20)
  return check('readability', 20, Math.floor(20 * share), {
    en: `Reading ease is ${ease} of 100. Shorter sentences and plainer words would help.`,
    ru: `Лёгкость чтения: ${ease} из 100. Помогут короткие фразы и простые слова.`,
  })
}

export function keywordCheck({ title, content, headings }: PostSnapshot): Check {
  const opening = openingOf(content, new Set(headings.map(({ text }) => text)))
  const words = wordsOf(opening)
  const keywords = keywordsIn(title)
  if (keywords.some((keyword) => words.some((word) => sharesRoot(keyword, word)))) {
    return check('keyword', 10, 10)
  }
  return check('keyword', 10, 0, {
    en: 'Repeat a main word of the title in the first paragraph.',
    ru: 'Повторите главное слово заголовка в первом абзаце.',
  })
}

/** The first line that is neither a heading nor a few words under a picture. */
function openingOf(content: string, titles: ReadonlySet<string>): string {
  const lines = content.split('\n').filter((line) => line.trim() !== '' && !titles.has(line.trim()))
  return lines.find((line) => wordsOf(line).length >= 8) ?? lines[0] ?? ''
}

function check(id: string, max: number, points: number, advice: Advice | null = null): Check {
  return { id, points, max, advice }
}

function quoted(links: readonly string[], open: string, close: string): string {
  const shown = links.slice(0, 3).map((link) => `${open}${link.slice(0, 60)}${close}`)
  return `${shown.join(', ')}${links.length > shown.length ? ' …' : ''}`
}
