import type { Ask, Port } from './port/docking-port.ts'
import { fromWire, toWire, type WireError } from './wire-error.ts'

/**
 * Puts text between module and host: everything that crosses becomes a line of JSON and is read
 * back, as it will be over a pipe. What does not survive that never belonged on the port.
 */
export function overJson(ask: Ask): Ask {
  return (method, input) => crossing(() => ask(method, text(input)))
}

export function portOverJson(port: Port): Port {
  return {
    ...port,
    bindings: text(port.bindings) as Port['bindings'],
    invoke: (kind, index, input, delivery) =>
      crossing(() => port.invoke(kind, index, text(input), delivery)),
  }
}

async function crossing(work: () => Promise<unknown>): Promise<unknown> {
  let failure: WireError
  try {
    return text(await work())
  } catch (error) {
    failure = text(toWire(error)) as WireError
  }
  throw fromWire(failure)
}

function text(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value))
}
