import type { BrowserContext, WebSocketRoute } from '@playwright/test'

/** The cable between one browser and the station; nothing passes while it is pulled out. */
export class Cable {
  readonly #context: BrowserContext
  readonly #sockets = new Set<WebSocketRoute>()
  #isOut = false

  private constructor(context: BrowserContext) {
    this.#context = context
  }

  /** Pages that open later hang on it. */
  static async of(context: BrowserContext): Promise<Cable> {
    const cable = new Cable(context)
    await context.route('**/api/**', (route) => (cable.#isOut ? route.abort() : route.fallback()))
    await context.routeWebSocket('**/ws', (socket) => cable.#carry(socket))
    return cable
  }

  async pull(): Promise<void> {
    this.#isOut = true
    await this.#context.setOffline(true)
    await Promise.all([...this.#sockets].map((socket) => socket.close({ code: 4000 })))
    this.#sockets.clear()
  }

  async plugIn(): Promise<void> {
    this.#isOut = false
    await this.#context.setOffline(false)
  }

  #carry(socket: WebSocketRoute): void {
    if (this.#isOut) {
      void socket.close({ code: 4000 })
      return
    }
    this.#sockets.add(socket)
    const server = socket.connectToServer()
    server.onClose((code, reason) => {
      this.#sockets.delete(socket)
      void socket.close({
        ...(code !== undefined && { code }),
        ...(reason !== undefined && { reason }),
      })
    })
    socket.onClose(() => {
      this.#sockets.delete(socket)
      void server.close()
    })
  }
}
