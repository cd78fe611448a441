import type { App, DemoStage } from '#core'
import { randomBytes } from 'node:crypto'
import { enrol, registryOf } from '../registration/registration.ts'
import { DEMO_PEOPLE } from './people.ts'

/** Six people with one password, which is shown once at the end. */
export async function fillWithPeople(app: App, stage: DemoStage): Promise<void> {
  const registry = registryOf(app)
  const password = randomBytes(9).toString('base64url')
  for (const person of DEMO_PEOPLE) {
    const email = `${person.username}@example.org`
    await enrol(registry, { ...person, email, password, consent: 'operator' })
    stage.say(`${person.displayName} · /user/${person.username}`)
  }
  const names = DEMO_PEOPLE.map(({ username }) => username).join(', ')
  stage.say(`${names} · пароль / password: ${password}`)
}
