import type { Chance } from './chance.ts'
import { mix } from './colour.ts'
import { ellipse, group, px, type Sketch } from './sketch.ts'

/** Snow at three distances. */
export function paintSnowfall(sketch: Sketch, chance: Chance): void {
  const distances = [
    { count: 420, size: 1.1, soft: 0.4, opacity: 0.55 },
    { count: 130, size: 2.4, soft: 1, opacity: 0.7 },
    { count: 26, size: 7, soft: 4, opacity: 0.5 },
  ]
  for (const { count, size, soft, opacity } of distances) {
    let flakes = ''
    for (let n = 0; n < count; n++) {
      const at = { x: chance.next() * sketch.width, y: chance.next() * sketch.height }
      const radius = size * chance.between(0.6, 1.4)
      flakes += ellipse(at, radius, radius, '#ffffff', opacity * chance.between(0.4, 1))
    }
    sketch.add(group(flakes, { filter: sketch.blur([soft, soft]) }))
  }
}

/** A fire out of sight below, and the sparks that rise from it. */
export function paintEmbers(sketch: Sketch, chance: Chance): void {
  const { width, height } = sketch
  const fire = { x: width * 0.5, y: height * 1.04 }
  const glow = sketch.round(
    fire,
    width * 0.5,
    [
      { at: 0, colour: '#ffb04f', opacity: 0.95 },
      { at: 0.22, colour: '#e8662a', opacity: 0.58 },
      { at: 0.6, colour: '#a63a1c', opacity: 0.2 },
      { at: 1, colour: '#a63a1c', opacity: 0 },
    ],
    0.7,
  )
  sketch.add(sketch.sheet(glow))
  let halo = ''
  let sparks = ''
  for (let n = 0; n < 190; n++) {
    const up = chance.next() ** 1.5
    const sway = (0.05 + 0.3 * up) * width * (chance.next() + chance.next() - 1)
    const at = { x: fire.x + sway + 60 * chance.wave(up * 5), y: height * (1 - up * 1.02) }
    const size = (1.1 + 2.6 * chance.next() ** 3) * (1.15 - 0.6 * up)
    const colour = mix('#ffe0a0', '#ff5a1f', chance.next())
    const tilt = Math.round(chance.between(-38, 38))
    const bright = chance.between(0.45, 1) * (1 - 0.5 * up)
    const turn = `rotate(${tilt} ${px(at.x)} ${px(at.y)})`
    sparks += group(ellipse(at, size, size * chance.between(1.2, 3.4), colour, bright), {
      transform: turn,
    })
    if (n % 4 === 0) halo += ellipse(at, size * 4.4, size * 4.4, '#ff7a2e', bright * 0.5)
  }
  sketch.add(group(halo, { filter: sketch.blur([7, 7]) }), sparks)
}
