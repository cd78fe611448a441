import type { Locale, Speech } from '#core'
import type { VNode } from 'preact'
import { areaUnder, dotAtEnd, lineThrough, pointsOf, roundTop } from '../overview/chart.ts'
import { countText, momentText, tickText } from '../overview/quantities.ts'
import type { Stats } from '../overview/stats.ts'
import { Hint } from './hint.tsx'

const BOX = { left: 0, top: 0, width: 760, height: 200 }
const LINES = [0, 1, 2, 3, 4] as const
const TICKS = 7

export type ActivityProps = Speech & { readonly locale: Locale; readonly stats: Stats }

/** Messages and posts as an area, people as a line; every value also stands in a table. */
export function ActivityChart(props: ActivityProps): VNode {
  const { t, locale, stats } = props
  const { moments } = stats
  const written = writtenIn(stats)
  const people = stats.people.values
  const top = roundTop(Math.max(...written, ...people))
  const points = pointsOf(written, top, BOX)
  const seen = pointsOf(people, top, BOX)
  const by = moments[0]?.length === 10 ? 'days' : 'hours'
  const title = t(`admin.board.activity.${by}`)
  return (
    <section class="card activity" data-live="activity" data-chart>
      <header class="activity-head">
        <h2>{title}</h2>
        <p class="activity-key" data-reading>
          <span class="key-written">{t('admin.board.written')}</span>
          <span class="key-people">{t('admin.board.seen')}</span>
        </p>
        <Hint t={t} id="hint-activity" about={title} text={t(`admin.board.hint.${by}`)} />
      </header>
      <div class="activity-frame">
        <div class="activity-scale" aria-hidden="true">
          {LINES.toReversed().map((line) => (
            <span key={line}>{countText((top / 4) * line, locale)}</span>
          ))}
        </div>
        <div class="activity-plot" data-plot>
          <svg
            viewBox={`0 0 ${BOX.width} ${BOX.height}`}
            preserveAspectRatio="none"
            aria-hidden="true"
          >
            {LINES.map((line) => (
              <line
                key={line}
                class={line === 0 ? 'chart-floor' : 'chart-grid'}
                x1={0}
                x2={BOX.width}
                y1={BOX.height - (line * BOX.height) / 4}
                y2={BOX.height - (line * BOX.height) / 4}
              />
            ))}
            <path class="chart-area" d={areaUnder(points, BOX.height)} />
            <path class="chart-line" d={lineThrough(points)} />
            <path class="chart-line chart-people" d={lineThrough(seen)} />
            <path class="chart-dot chart-people" d={dotAtEnd(seen)} />
            <path class="chart-dot" d={dotAtEnd(points)} />
          </svg>
        </div>
        <div class="activity-ticks" aria-hidden="true">
          {ticksOf(moments).map((moment) => (
            <span key={moment}>{tickText(moment, locale, stats.period)}</span>
          ))}
        </div>
      </div>
      <ValueTable {...props} written={written} />
    </section>
  )
}

/** For those who cannot see the drawing, and for exact numbers. */
function ValueTable({
  t,
  locale,
  stats,
  written,
}: ActivityProps & { readonly written: readonly number[] }): VNode {
  return (
    <details class="activity-table">
      <summary>{t('admin.board.table')}</summary>
      <div class="activity-rows" tabindex={0} role="region" aria-label={t('admin.board.table')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('admin.board.time')}</th>
              <th scope="col">{t('admin.board.written')}</th>
              <th scope="col">{t('admin.board.seen')}</th>
            </tr>
          </thead>
          <tbody>
            {stats.moments.map((moment, index) => (
              <tr key={moment}>
                <th scope="row">{momentText(moment, locale)}</th>
                <td>{countText(written[index] ?? 0, locale)}</td>
                <td>{countText(stats.people.values[index] ?? 0, locale)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

function writtenIn({ messages, posts }: Stats): readonly number[] {
  return messages.values.map((count, index) => count + (posts.values[index] ?? 0))
}

/** A few moments with equal gaps between them. */
function ticksOf(moments: readonly string[]): readonly string[] {
  const step = moments.length / TICKS
  return Array.from(
    { length: TICKS },
    (_, index) => moments[Math.floor((index + 0.5) * step)],
  ).filter((moment) => moment !== undefined)
}
