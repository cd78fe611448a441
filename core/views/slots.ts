import type { StationLog } from '../log/log.ts'
import type { PagePart, SlotContext } from './page.ts'

/** A part that takes longer is left out of the page. */
const BUDGET_MS = 300

export type FillSlot = (context: SlotContext) => Promise<PagePart | null>

interface Filler {
  readonly module: string
  /** Modules of the level `core` may hand over HTML; the others speak in blocks. */
  readonly mayUseHtml: boolean
  readonly fill: FillSlot
}

/** Places in pages, and who fills them. A filler that fails or dawdles leaves its place empty. */
export class Slots {
  readonly #fillers = new Map<string, Filler[]>()
  readonly #log: StationLog

  constructor(log: StationLog) {
    this.#log = log
  }

  /** @returns what to call to stop filling. */
  add(name: string, filler: Filler): () => void {
    this.#fillers.set(name, [...(this.#fillers.get(name) ?? []), filler])
    return () => {
      const others = (this.#fillers.get(name) ?? []).filter((other) => other !== filler)
      this.#fillers.set(name, others)
    }
  }

  async parts(name: string, context: SlotContext): Promise<readonly PagePart[]> {
    const fillers = this.#fillers.get(name) ?? []
    const parts = await Promise.all(fillers.map((filler) => this.#part(name, filler, context)))
    return parts
      .filter((part) => part !== null)
      .toSorted((a, b) => (a.order ?? 100) - (b.order ?? 100))
  }

  async #part(name: string, filler: Filler, context: SlotContext): Promise<PagePart | null> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), BUDGET_MS)
    })
    try {
      const part = await Promise.race([filler.fill(context), late])
      if (!part || filler.mayUseHtml) return part
      const { html: _html, ...blocksOnly } = part
      return blocksOnly
    } catch (error) {
      this.#log.warn('A slot stays empty', { slot: name, module: filler.module, error })
      return null
    } finally {
      clearTimeout(timer)
    }
  }
}
