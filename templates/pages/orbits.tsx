import type { VNode } from 'preact'

/** Radius of the orbit and the angle, in degrees, where each flavour's dot stands. */
const DOTS = [
  { flavour: 'strange', r: 314, angle: -61, size: 6 },
  { flavour: 'up', r: 248, angle: -14, size: 7.5 },
  { flavour: 'top', r: 248, angle: 41, size: 6.5 },
  { flavour: 'charm', r: 314, angle: 124, size: 8 },
  { flavour: 'bottom', r: 314, angle: 184, size: 5 },
  { flavour: 'down', r: 180, angle: 232, size: 5.5 },
] as const

/** Three hairline orbits with six flavour dots behind the card of the landing page. */
export function Orbits(): VNode {
  return (
    <svg class="orbits" viewBox="-330 -330 660 660" aria-hidden="true">
      {[180, 248, 314].map((r) => (
        <circle key={r} r={r} class="orbit" />
      ))}
      <g class="orbit-dots">
        {DOTS.map(({ flavour, r, angle, size }) => (
          <circle
            key={flavour}
            data-flavour={flavour}
            cx={round(r * Math.cos((angle * Math.PI) / 180))}
            cy={round(r * Math.sin((angle * Math.PI) / 180))}
            r={size}
          />
        ))}
      </g>
    </svg>
  )
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
