import type { Chance } from './chance.ts'
import { mix } from './colour.ts'
import type { Mood } from './mood.ts'
import { area, ellipse, group, outline, type Point, px, type Sketch } from './sketch.ts'

/** Young ice from the near shore to the middle: dull, with cracks that run away from the reader. */
export function paintIce(sketch: Sketch, mood: Mood, water: number, chance: Chance): void {
  const { width, height } = sketch
  const edge = (x: number): number => water + (height - water) * (0.3 + 0.1 * chance.wave(x / 420))
  const rim: Point[] = []
  for (let x = -20; x <= width + 20; x += 20) rim.push({ x, y: edge(x) + 5 * chance.wave(x / 37) })
  const sheet = [...rim, { x: width + 20, y: height }, { x: -20, y: height }]
  const paint = sketch.downward(
    [
      { at: 0, colour: mix(mood.fog, '#ffffff', 0.5), opacity: 0.75 },
      { at: 0.3, colour: mix(mood.sky[2], '#ffffff', 0.3), opacity: 0.62 },
      { at: 1, colour: mix(mood.sky[1], mood.near, 0.15), opacity: 0.5 },
    ],
    water + (height - water) * 0.22,
    height,
  )
  sketch.add(area(sheet, paint))
  sketch.add(
    `<path d="M${outline(rim)}" fill="none" stroke="#ffffff" stroke-opacity="0.5" stroke-width="1.6"/>`,
  )
  let snow = ''
  for (let n = 0; n < 26; n++) {
    const depth = chance.between(0.42, 1)
    const at = { x: chance.next() * width, y: water + depth * (height - water) }
    snow += ellipse(
      at,
      chance.between(50, 210) * depth,
      chance.between(3, 12) * depth,
      '#ffffff',
      chance.between(0.1, 0.34),
    )
  }
  sketch.add(group(snow, { filter: sketch.blur([16, 4], water) }))
  const lines = Array.from({ length: 7 }, () => crack(sketch, water, edge, chance)).join('')
  sketch.add(group(lines, { fill: 'none', stroke: '#ffffff', 'stroke-linejoin': 'bevel' }))
}

function crack(sketch: Sketch, water: number, edge: (x: number) => number, chance: Chance): string {
  const points: Point[] = []
  let x = chance.between(0, 1) * sketch.width
  let y = edge(x) + 4
  const drift = chance.between(-90, 90)
  while (y < sketch.height + 10) {
    points.push({ x, y })
    const near = (y - water) / (sketch.height - water)
    x += (drift + chance.between(-70, 70)) * near
    y += chance.between(5, 26) * near + 3
  }
  return `<path d="M${outline(points)}" stroke-width="${px(chance.between(0.7, 1.7))}" stroke-opacity="${chance.between(0.2, 0.55).toFixed(2)}"/>`
}

/** A wooden pier that runs from the reader into the lake. */
export function paintPier(sketch: Sketch, mood: Mood, water: number): void {
  const { width, height } = sketch
  const depth = height - water
  const colour = mix(mood.near, mood.fog, 0.06)
  const deckAt = (t: number): { left: Point; right: Point } => {
    const y = height + 30 - (depth * 0.66 + 30) * t
    const centre = width * (0.27 + 0.055 * t)
    const half = 150 * (1 - t) ** 1.15 + 25
    return { left: { x: centre - half, y }, right: { x: centre + half, y } }
  }
  const near = deckAt(0)
  const far = deckAt(1)
  const posts = [0.14, 0.36, 0.56, 0.74, 0.9, 1].flatMap((t) => {
    const { left, right } = deckAt(t)
    const size = 7 * (1 - t) + 3.4
    return [left, right].map(
      ({ x, y }) =>
        `<rect x="${px(x - size / 2)}" y="${px(y - size * 4.4)}" width="${px(size)}" height="${px(size * 8.4)}" fill="${colour}"/>`,
    )
  })
  const shade = { x: width * 0.285, y: height - 70 }
  sketch.add(
    group(ellipse(shade, 190, 90, mood.near, 0.3), { filter: sketch.blur([40, 22], water) }),
  )
  const paint = sketch.downward(
    [
      { at: 0, colour: mix(colour, mood.glow, 0.3) },
      { at: 1, colour },
    ],
    far.left.y,
    height,
  )
  sketch.add(area([near.left, far.left, far.right, near.right], paint))
  for (let t = 0.03; t < 1; t += 0.02 + 0.035 * (1 - t)) {
    const { left, right } = deckAt(t)
    sketch.add(
      `<path d="M${px(left.x)} ${px(left.y)}H${px(right.x)}" stroke="${mood.near}" stroke-opacity="0.55" stroke-width="${px(0.7 + 1.5 * (1 - t))}"/>`,
    )
  }
  sketch.add(...posts)
}
