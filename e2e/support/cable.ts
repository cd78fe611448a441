import type { BrowserContext, WebSocketRoute } from '@playwright/test'

/** No code of the station's: whoever hears it tries again. */
const LOST = 4_000

/** The cable between one browser and the station; nothing passes while it is pulled out. */
export class Cable {
  readonly #context: BrowserContext
  readonly #sockets = new Set<WebSocketRoute>()
  #isOut = false

  private constructor(context: BrowserContext) {
    this.#context = context
  }

  /** Pages that open later hang on it. The pages themselves still come: only what they ask does not. */
  static async of(context: BrowserContext, state: 'in' | 'out' = 'in'): Promise<Cable> {
    const cable = new Cable(context)
    cable.#isOut = state === 'out'
    await context.route('**/api/**', (route) => (cable.#isOut ? route.abort() : route.fallback()))
    await context.routeWebSocket('**/ws', (socket) => cable.#carry(socket))
    return cable
  }

  async pull(): Promise<void> {
    this.#isOut = true
    await Promise.all([...this.#sockets].map((socket) => socket.close({ code: LOST })))
    this.#sockets.clear()
  }

  async plugIn({ isNoticed = true } = {}): Promise<void> {
    this.#isOut = false
    if (!isNoticed) return
    for (const page of this.#context.pages()) {
      await page.evaluate(() => dispatchEvent(new Event('online')))
    }
  }

  #carry(socket: WebSocketRoute): void {
    if (this.#isOut) {
      void socket.close({ code: LOST })
      return
    }
    this.#sockets.add(socket)
    const server = socket.connectToServer()
    server.onClose((code = LOST) => {
      this.#sockets.delete(socket)
      /* What a browser says of a broken connection cannot be said by anybody else. */
      void socket.close({ code: code === 1_000 || code >= 3_000 ? code : LOST })
    })
    socket.onClose(() => {
      this.#sockets.delete(socket)
      void server.close()
    })
  }
}
