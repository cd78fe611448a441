import type { App } from '#core'
import { provideUsers } from './calls.ts'
import { UserCreated, UserSignedIn, UserUpdated } from './events.ts'
import { bindHiding } from './hiding.ts'
import { codePages } from './pages/code.ts'
import { confirmationPages } from './pages/confirmation.ts'
import { loginPages } from './pages/login.ts'
import { notePages } from './pages/notes.ts'
import { profilePage } from './pages/profile.ts'
import { recoveryPages } from './pages/recovery.ts'
import { registerPages } from './pages/register.ts'
import { secondFactorPages } from './pages/second-factor.ts'
import { sessionPages } from './pages/sessions.ts'
import { settingsPages } from './pages/settings.ts'
import { setupPages } from './pages/setup.ts'
import { signInChangePages } from './pages/sign-in-changes.ts'
import { verifyPages } from './pages/verify.ts'
import { bindPersonalData } from './personal-data.ts'
import { portraitPages } from './pages/portrait.ts'
import { invitationRoutes } from './routes/invitations.ts'
import { meRoutes } from './routes/me.ts'
import { portraitRoutes } from './routes/portrait.ts'
import { confirmationRoutes, recoveryRoutes, signInChangeRoutes } from './routes/recovery.ts'
import { registrationRoutes } from './routes/registration.ts'
import { secondFactorRoutes } from './routes/second-factor.ts'
import { sessionRoutes } from './routes/session.ts'
import { ownSessionRoutes } from './routes/sessions.ts'
import { userRoutes } from './routes/users.ts'

export function register(app: App): void {
  app.eventBus.define('user.created', UserCreated)
  app.eventBus.define('user.updated', UserUpdated)
  app.eventBus.define('user.signed-in', UserSignedIn)
  provideUsers(app)
  registrationRoutes(app)
  confirmationRoutes(app)
  recoveryRoutes(app)
  signInChangeRoutes(app)
  invitationRoutes(app)
  sessionRoutes(app)
  ownSessionRoutes(app)
  secondFactorRoutes(app)
  meRoutes(app)
  portraitRoutes(app)
  userRoutes(app)
  registerPages(app)
  confirmationPages(app)
  recoveryPages(app)
  notePages(app)
  signInChangePages(app)
  loginPages(app)
  codePages(app)
  verifyPages(app)
  secondFactorPages(app)
  sessionPages(app)
  setupPages(app)
  profilePage(app)
  settingsPages(app)
  bindPersonalData(app)
  bindHiding(app)
  portraitPages(app)
  app.demo(10, async (stage) => {
    const { fillWithPeople } = await import('./demo/fill.ts')
    await fillWithPeople(app, stage)
  })
}
