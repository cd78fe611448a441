/* Sockets of many people, on the core of the load; `crew.ts` tells it what to do. */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { CrewMember } from './crew-member.ts'
import type { CrewOrders, OrderName, Paced, Pressed, Steady } from './crew-orders.ts'

const AT_ONCE = 25
/** How many take turns where one alone would have too many requests open. */
const SENDERS = 8
const PATIENCE_MS = 60_000

type Deeds = {
  [Name in OrderName]: (input: CrewOrders[Name]['input']) => Promise<CrewOrders[Name]['answer']>
}

let members: CrewMember[] = []
let heard = 0
/** When somebody first heard what was said last; 0 while nobody has. */
let firstAt = 0
let wake: () => void = () => undefined

const deeds: Deeds = {
  open: async ({ url, tokens, count = 0 }) => {
    const asked = tokens ?? Array.from({ length: count }, () => undefined)
    members = asked.map((token) => new CrewMember(url, token))
    for (let from = 0; from < members.length; from += AT_ONCE) {
      await Promise.all(members.slice(from, from + AT_ONCE).map((member) => member.arrive()))
    }
    for (const member of members) member.onUpdate = hear
    return { open: members.filter(({ isClosed }) => !isClosed).length }
  },
  close: async () => {
    for (const member of members) member.end()
    members = []
    return {}
  },
  pace,
  press,
  steady,
  stick: async ({ member }) => {
    members[member]?.pause()
    return {}
  },
  slow: async ({ member, bytesPerS }) => {
    members[member]?.slowDown(bytesPerS)
    return {}
  },
  comeBack: async () => {
    while (members.some(({ isClosed }) => !isClosed)) await pause(5)
    const lostAt = performance.now()
    for (const member of members) member.resumed = undefined
    const ms = await Promise.all(
      members.map(async (member) => {
        await member.connectAgain()
        return performance.now() - lostAt
      }),
    )
    const attempts = members.reduce((sum, member) => sum + member.attempts, 0)
    return { ms, attempts, resets: members.filter(({ resumed }) => resumed === 'reset').length }
  },
  ask: async ({ calls, rounds }) => {
    const ms: number[][] = calls.map(() => [])
    for (let round = 0; round < rounds; round++) {
      for (const [index, { method, input }] of calls.entries()) {
        const begun = performance.now()
        await members[0]?.ask(method, input)
        ms[index]?.push(performance.now() - begun)
      }
    }
    return { ms }
  },
}

function hear(): void {
  heard++
  if (firstAt === 0) firstAt = performance.now()
  wake()
}

/** @throws Error when it takes too long. */
function heardUpTo(count: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${heard} of ${count} heard`)), PATIENCE_MS)
    wake = () => {
      if (heard < count) return
      clearTimeout(timer)
      wake = () => undefined
      resolve()
    }
    wake()
  })
}

/** Says one message; answers when it is acknowledged, by the relay at once. */
async function say(member: CrewMember, chat: string | null, bytes: number): Promise<void> {
  if (chat !== null) {
    await member.ask('msg.send', { chat, cid: randomUUID(), text: 'x'.repeat(bytes) })
    return
  }
  const frame = '{"t":"u","x":""}'
  member.say(frame.replace('""', `"${'x'.repeat(Math.max(0, bytes - frame.length))}"`))
}

async function pace({ chat, bytes, hearers, count, gapMs }: Paced) {
  const ackMs: number[] = []
  const lastMs: number[] = []
  const tellMs: number[] = []
  const before = members[0]?.bytes ?? 0
  const begunAt = performance.now()
  for (let n = 0; n < count; n++) {
    const member = members[n % Math.min(members.length, SENDERS)]
    if (!member) throw new Error('Nobody is there')
    const all = heardUpTo(heard + hearers).then(() => performance.now())
    const sentAt = performance.now()
    firstAt = 0
    await say(member, chat, bytes)
    ackMs.push(performance.now() - sentAt)
    const lastAt = await all
    lastMs.push(lastAt - sentAt)
    tellMs.push(lastAt - firstAt)
    if (gapMs > 0) await pause(gapMs)
  }
  const seconds = (performance.now() - begunAt) / 1000
  return { ackMs, lastMs, tellMs, seconds, frameBytes: ((members[0]?.bytes ?? 0) - before) / count }
}

async function press({ chats, seconds, hearers, bytes }: Pressed) {
  const before = heard
  const begunAt = performance.now()
  let sends = 0
  const isTime = (): boolean => performance.now() - begunAt < seconds * 1000
  await Promise.all(
    chats.map(async (chat, index) => {
      const member = members[index]
      if (!member) throw new Error('Nobody is there')
      const heardBefore = member.updates
      while (isTime()) {
        const own = heardBefore + ++sends
        await say(member, chat, bytes)
        if (chat === null) await hasHeard(member, own)
      }
    }),
  )
  await heardUpTo(before + sends * hearers)
  return { sends, deliveries: heard - before, seconds: (performance.now() - begunAt) / 1000 }
}

/** The relay does not answer; its senders wait for their own words instead. */
async function hasHeard(member: CrewMember, updates: number): Promise<void> {
  while (member.updates < updates) await new Promise(setImmediate)
}

async function steady({ chat, bytes, hearers, perSecond, seconds }: Steady) {
  const total = perSecond * seconds
  const sentAt: number[] = []
  const ms: number[] = []
  for (const member of members) {
    let n = 0
    member.onUpdate = () => {
      ms.push(performance.now() - (sentAt[n++] ?? 0))
      hear()
    }
  }
  const all = heardUpTo(heard + total * hearers)
  const begunAt = performance.now()
  const answers: Promise<void>[] = []
  let failure = ''
  while (sentAt.length < total) {
    const due = Math.floor(((performance.now() - begunAt) / 1000) * perSecond)
    while (sentAt.length < Math.min(total, due)) {
      const sender = members[sentAt.length % SENDERS]
      if (!sender) throw new Error('Nobody is there')
      sentAt.push(performance.now())
      answers.push(
        say(sender, chat, bytes).catch((error: unknown) => void (failure = String(error))),
      )
    }
    await pause(1)
  }
  await Promise.all(answers)
  if (failure !== '') throw new Error(failure)
  await all
  for (const member of members) member.onUpdate = hear
  return { ms }
}

process.on('message', (message: { id: number; name: OrderName; input: never }) => {
  const { id, name, input } = message
  deeds[name](input).then(
    (answer) => process.send?.({ id, answer }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
process.send?.({ ready: true })
