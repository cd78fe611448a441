import { type Figure, median } from './figures.ts'
import { mannWhitneyP } from './mann-whitney.ts'
import { inFolder, type Served, serveStation, whileServed } from './served.ts'

const LOGINS = 200
const WARM_UP = 20
const KNOWN = 'somebody'
const UNKNOWN = 'nobody-x'

/** Whether the time of a refused login tells that there is such an account. */
export function enumerationFigures(): Promise<Figure[]> {
  return inFolder((dir) =>
    whileServed([serveStation(dir, { QUARK_BCRYPT_COST: '10' })], async (station) => {
      if (!station) throw new Error('The station does not run')
      await register(station)
      const known: number[] = []
      const unknown: number[] = []
      for (let round = 0; round < WARM_UP; round++) await refusedIn(station, KNOWN)
      /* Each pair in the other order, so that what drifts hits both alike. */
      for (let round = 0; round < LOGINS / 2; round++) {
        const isKnownFirst = round % 2 === 0
        if (isKnownFirst) known.push(await refusedIn(station, KNOWN))
        unknown.push(await refusedIn(station, UNKNOWN))
        if (!isKnownFirst) known.push(await refusedIn(station, KNOWN))
      }
      return figuresOf(known, unknown)
    }),
  )
}

function figuresOf(known: readonly number[], unknown: readonly number[]): Figure[] {
  const [one, other] = [median(known), median(unknown)]
  const apart = (Math.abs(one - other) / one) * 100
  const p = mannWhitneyP(known, unknown)
  return [
    {
      name: `wrong password of an account, cost 10, median of ${known.length}`,
      value: one,
      unit: 'ms',
    },
    { name: 'the same for a name nobody has', value: other, unit: 'ms' },
    { name: 'medians apart', value: apart, unit: '%', goal: '< 5 %' },
    { name: 'Mann–Whitney, both from one source', value: p, unit: 'p', goal: '> 0.01' },
  ]
}

async function register(station: Served): Promise<void> {
  const email = `${KNOWN}@example.org`
  const person = { username: KNOWN, email, password: `${KNOWN} has a long password`, consent: true }
  const answer = await posted(station, '/api/v1/auth/register', person)
  if (answer.status !== 201) throw new Error(`Registration answers ${answer.status}`)
}

/** Milliseconds from the question to the end of the refusal. */
async function refusedIn(station: Served, login: string): Promise<number> {
  const begun = performance.now()
  const answer = await posted(station, '/api/v1/auth/login', {
    login,
    password: 'not the password',
  })
  await answer.arrayBuffer()
  const ms = performance.now() - begun
  if (answer.status !== 401) throw new Error(`A wrong login answers ${answer.status}`)
  return ms
}

function posted(station: Served, path: string, body: unknown): Promise<Response> {
  return fetch(station.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: station.url },
    body: JSON.stringify(body),
  })
}
