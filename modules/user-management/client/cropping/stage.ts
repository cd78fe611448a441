import { type Crop, RADIUS } from './crop.ts'

const HEIGHT = 264
const SHADE = 'rgb(0 0 0 / 58%)'
const RING = 'rgb(255 255 255 / 95%)'
const THIRDS = 'rgb(255 255 255 / 45%)'

/** Draws the picture, the circle and its previews. */
export class Stage {
  readonly #canvas: HTMLCanvasElement
  readonly #previews: readonly HTMLCanvasElement[]
  readonly #picture: ImageBitmap
  readonly #crop: Crop
  #isDue = false

  constructor(
    canvas: HTMLCanvasElement,
    previews: readonly HTMLCanvasElement[],
    picture: ImageBitmap,
    crop: Crop,
  ) {
    this.#canvas = canvas
    this.#previews = previews
    this.#picture = picture
    this.#crop = crop
  }

  /** Once for everything that has changed until the next frame. */
  drawSoon(): void {
    if (this.#isDue) return
    this.#isDue = true
    requestAnimationFrame(() => {
      this.#isDue = false
      this.#draw()
    })
  }

  #draw(): void {
    const width = this.#canvas.clientWidth
    const middle = [width / 2, HEIGHT / 2] as const
    const context = fitted(this.#canvas, width, HEIGHT)
    if (!context) return
    this.#paint(context, ...middle, RADIUS)
    context.fillStyle = SHADE
    context.beginPath()
    context.rect(0, 0, width, HEIGHT)
    context.arc(...middle, RADIUS, 0, 2 * Math.PI)
    context.fill('evenodd')
    drawThirds(context, ...middle)
    for (const preview of this.#previews) {
      const side = preview.clientWidth
      const small = fitted(preview, side, side)
      if (small) this.#paint(small, side / 2, side / 2, side / 2)
    }
  }

  #paint(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
    const { left, top, width, height } = this.#crop.placing(x, y, radius)
    context.drawImage(this.#picture, left, top, width, height)
  }
}

/** Sharp on every screen; emptied. */
function fitted(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D | null {
  const density = devicePixelRatio || 1
  canvas.width = Math.round(width * density)
  canvas.height = Math.round(height * density)
  const context = canvas.getContext('2d')
  context?.scale(density, density)
  if (context) context.imageSmoothingQuality = 'high'
  return context
}

function drawThirds(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.save()
  context.beginPath()
  context.arc(x, y, RADIUS, 0, 2 * Math.PI)
  context.clip()
  context.strokeStyle = THIRDS
  context.lineWidth = 1
  context.beginPath()
  for (const third of [-RADIUS / 3, RADIUS / 3]) {
    context.moveTo(x + third, y - RADIUS)
    context.lineTo(x + third, y + RADIUS)
    context.moveTo(x - RADIUS, y + third)
    context.lineTo(x + RADIUS, y + third)
  }
  context.stroke()
  context.restore()
  context.strokeStyle = RING
  context.lineWidth = 2
  context.beginPath()
  context.arc(x, y, RADIUS, 0, 2 * Math.PI)
  context.stroke()
}
