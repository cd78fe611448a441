import type { App } from '#core'

/** Greets newcomers. The template of `quark create`: rename, then replace piece by piece. */
export function register(app: App): void {
  const greetings = app.store<Greeting>('greetings')
  const word = app.settings['word'] as string

  app.eventBus.define('hello.greeted', {
    type: 'object',
    required: ['userId', 'text'],
    properties: { userId: { type: 'string' }, text: { type: 'string' } },
    additionalProperties: false,
  })

  app.onEvent('user.created', async (event) => {
    const { id, username } = event.data as { id: string; username: string }
    const text = `${word}, ${username}`
    await greetings.put(id, { text })
    await app.eventBus.publish('hello.greeted', { userId: id, text }, { subject: `user/${id}` })
  })

  app.onUserExport(async ({ userId }) => {
    const greeting = await greetings.get(userId)
    return { files: greeting ? [{ path: 'greeting.json', json: { text: greeting.text } }] : [] }
  })

  app.onUserErase(async ({ userId }) => {
    await greetings.delete(userId)
    return { erased: { greetings: 1 } }
  })

  app.provide('hello.greeting', GREETING_CALL, async (input) => {
    const { userId } = input as { userId: string }
    return greetings.get(userId)
  })

  app.route(
    'GET',
    '/greetings/:userId',
    { policy: 'public', summary: 'The greeting of one person' },
    async (request) => {
      const greeting = await greetings.get(request.params['userId'] ?? '')
      return greeting ? { body: greeting } : { status: 404, body: { code: 'no-greeting' } }
    },
  )
}

interface Greeting {
  text: string
}

const GREETING_CALL = {
  input: {
    type: 'object',
    required: ['userId'],
    properties: { userId: { type: 'string' } },
    additionalProperties: false,
  },
  output: { type: ['object', 'null'], properties: { text: { type: 'string' } } },
}
