import { test } from 'node:test'
import type { BusUnderTest } from './conformance/bus-under-test.ts'
import { delivery } from './conformance/delivery.ts'
import { failure } from './conformance/failure.ts'
import { history } from './conformance/history.ts'
import { order } from './conformance/order.ts'

export type { BusUnderTest } from './conformance/bus-under-test.ts'

/** What any driver of the bus must do. Each test gets a fresh bus from `open`. */
export function busConformance(name: string, open: () => Promise<BusUnderTest>): void {
  const behaviours = { ...delivery, ...failure, ...order, ...history }
  for (const [sentence, show] of Object.entries(behaviours)) {
    test(`${name}: ${sentence}`, async () => {
      await using t = await open()
      await show(t)
    })
  }
}
