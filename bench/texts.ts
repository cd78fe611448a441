const WORDS = [
  'кварк модуль событие блог лента сообщение узел сервер очередь заметка вечер берег озеро',
  'дорога письмо чашка окно «кавычки» city light winter & station notebook "quoted" river',
]
  .join(' ')
  .split(' ')

/** The same text for the same number, in this run and in every other. */
export function sentence(seed: number, length: number): string {
  let state = (seed * 2_654_435_761 + 1) >>> 0
  const words = Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return WORDS[(state >>> 8) % WORDS.length] ?? ''
  })
  const text = words.join(' ')
  return `${text.charAt(0).toLocaleUpperCase()}${text.slice(1)}.`
}

/** Markdown with what posts are made of: headings, paragraphs, a quotation, a list, code. */
export function article(seed: number, paragraphs: number): string {
  const parts = Array.from({ length: paragraphs }, (_, index) => {
    const text = sentence(seed * 100 + index, 40)
    return index % 3 === 1 ? `## ${sentence(seed * 100 + index + 50, 4)}\n\n${text}` : text
  })
  const quote = `> ${sentence(seed * 100 + 97, 16)}`
  const list = [1, 2, 3].map((item) => `- ${sentence(seed * 100 + item, 6)}`).join('\n')
  const code = '```ts\nconst answer: number = await station.ask("everything")\n```'
  return [...parts, quote, list, code].join('\n\n')
}
