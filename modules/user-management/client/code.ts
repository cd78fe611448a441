import { CELLS, cellsOf, digitsIn, secondsLeft } from './code-cells.ts'

/** Draws the one input for six digits as six cells and sends the form with the sixth. */
function enhance(box: HTMLElement): void {
  const input = box.querySelector('input')
  if (!input) return
  const cells = Array.from({ length: CELLS }, newCell)
  const row = document.createElement('div')
  row.className = 'code-cells'
  row.setAttribute('aria-hidden', 'true')
  row.append(...cells.slice(0, CELLS / 2), dash(), ...cells.slice(CELLS / 2))
  box.append(row)
  box.classList.add('code-box-cells')
  const draw = (): void => {
    const digits = digitsIn(input.value)
    const hasFocus = document.activeElement === input
    for (const [index, { text, isNext }] of cellsOf(digits).entries()) {
      const cell = cells[index]
      if (!cell) continue
      cell.textContent = text
      cell.classList.toggle('code-cell-next', isNext && hasFocus)
    }
  }
  let isSent = false
  input.addEventListener('input', () => {
    input.value = digitsIn(input.value)
    draw()
    if (input.value.length < CELLS || isSent) return
    isSent = true
    input.form?.requestSubmit()
  })
  for (const event of ['focus', 'blur'] as const) input.addEventListener(event, draw)
  /* Whoever comes back by the browser's own arrow may send again. */
  window.addEventListener('pageshow', () => {
    isSent = false
    draw()
  })
  draw()
  const { countdown } = box.dataset
  if (countdown !== undefined) countDown(box, countdown)
}

function newCell(): HTMLElement {
  const cell = document.createElement('span')
  cell.className = 'code-cell'
  return cell
}

function dash(): HTMLElement {
  const between = document.createElement('span')
  between.className = 'code-dash'
  return between
}

const SVG = 'http://www.w3.org/2000/svg'

/** A ring that runs out, with a sentence that is read out once and not with each second. */
function countDown(box: HTMLElement, sentence: string): void {
  const line = document.createElement('p')
  line.className = 'code-countdown'
  const text = document.createElement('span')
  text.setAttribute('role', 'status')
  const ring = document.createElementNS(SVG, 'svg')
  ring.setAttribute('viewBox', '0 0 20 20')
  ring.setAttribute('aria-hidden', 'true')
  const [track, left] = [circle('code-ring-track'), circle('code-ring-left')]
  ring.append(track, left)
  line.append(ring, text)
  box.after(line)
  const draw = (): void => {
    const seconds = secondsLeft(Date.now())
    left.style.strokeDasharray = `${seconds / 30} 1`
    text.textContent = sentence.replace('%', String(seconds))
  }
  draw()
  /* What changes each second is not announced again. */
  setTimeout(() => text.removeAttribute('role'), 1_000)
  setInterval(draw, 1_000)
}

function circle(name: string): SVGCircleElement {
  const made = document.createElementNS(SVG, 'circle')
  made.setAttribute('class', name)
  made.setAttribute('pathLength', '1')
  for (const [key, value] of [
    ['cx', '10'],
    ['cy', '10'],
    ['r', '8'],
  ] as const) {
    made.setAttribute(key, value)
  }
  return made
}

for (const box of document.querySelectorAll<HTMLElement>('[data-code]')) enhance(box)
