import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import type { Kysely } from 'kysely'
import { EVERY_DATABASE, openTestDatabase } from '../test/support/databases.ts'
import { NO_POSTGRES, reachablePostgres } from '../test/support/postgres.ts'
import { type Migration, openPostgres, openSqlite } from './index.ts'

interface Tables {
  blog_posts: { id: string; author_id: string; views: number }
  blog_tags: { post_id: string; tag: string }
  users: { id: string; name: string }
}

const skip = (await reachablePostgres()) ? false : NO_POSTGRES
const options = { now: () => new Date('2026-05-04T12:00:00Z') }
const tables: Migration = {
  owner: 'blog',
  name: '0001-posts',
  up: async ({ db }) => {
    await db.schema
      .createTable('blog_posts')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('author_id', 'text', (column) => column.notNull())
      .addColumn('views', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('blog_tags')
      .addColumn('post_id', 'text', (column) => column.notNull())
      .addColumn('tag', 'text', (column) => column.notNull())
      .execute()
    await db.schema
      .createTable('users')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .execute()
  },
}

for (const dialect of EVERY_DATABASE) {
  suite(`a database on ${dialect}`, () => {
    test('says what was written, in the same types as the other one', async () => {
      await using t = await openTestDatabase(dialect)
      await t.database.migrate([tables], options)
      const all = t.database.scope<Tables>('')
      const views = 2 ** 40
      await t.database.transaction(async (tx) => {
        const { db } = all.within(tx)
        const post = { id: 'п1', author_id: 'u', views }
        const made = await db.insertInto('blog_posts').values(post).returningAll().execute()
        assert.deepEqual(made, [post])
        const changed = await db.updateTable('blog_posts').set({ views: 1 }).executeTakeFirst()
        assert.equal(Number(changed.numUpdatedRows), 1)
        await db.updateTable('blog_posts').set({ views }).execute()
        const gone = await db.deleteFrom('blog_tags').executeTakeFirst()
        assert.equal(Number(gone.numDeletedRows), 0)
      })
      const count = all.reader
        .selectFrom('blog_posts')
        .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.max('views').as('views')])
      assert.deepEqual(await count.execute(), [{ count: 1, views }])
    })

    test('outside a transaction nothing is written, inside one the reader is refused', async () => {
      await using t = await openTestDatabase(dialect)
      await t.database.migrate([tables], options)
      const scope = t.database.scope<Tables>('')
      const { reader } = scope
      const user = { id: 'u1', name: 'Alice' }
      await assert.rejects(reader.insertInto('users').values(user).execute())
      const kept = await t.database.transaction(async (tx) => {
        await assert.rejects(reader.selectFrom('users').selectAll().execute(), {
          fault: 'reader-in-transaction',
        })
        return scope.within(tx)
      })
      await assert.rejects(kept.db.insertInto('users').values(user).execute(), {
        fault: 'closed-transaction',
      })
      assert.deepEqual(await reader.selectFrom('users').selectAll().execute(), [])
    })

    test('an owner sees its own tables, by whatever name, and no others', async () => {
      await using t = await openTestDatabase(dialect)
      await t.database.migrate([tables], options)
      const { reader } = t.database.scope<Tables>('blog_')
      for (const [how, query] of Object.entries(ownQueries(reader))) {
        assert.deepEqual(await query(), [], how)
      }
      for (const [how, query] of Object.entries(foreignQueries(reader))) {
        await assert.rejects(query(), { name: 'ForeignTableError' }, how)
        await assert.rejects(query(), { name: 'ForeignTableError' }, `${how}, the second time`)
      }
    })

    test('a step is done once, with its journal row, in the order given', async () => {
      await using t = await openTestDatabase(dialect)
      assert.deepEqual(await t.database.pending([tables]), [tables])
      assert.deepEqual(await t.database.migrate([tables, adds('drafts')], options), [
        'blog/0001-posts',
        'blog/drafts',
      ])
      assert.deepEqual(await t.database.migrate([tables, adds('drafts')], options), [])
      const journal = await t.database.reader.all('select * from schema_migrations order by name')
      assert.deepEqual(journal, [
        { owner: 'blog', name: '0001-posts', applied_at: '2026-05-04T12:00:00.000Z' },
        { owner: 'blog', name: 'drafts', applied_at: '2026-05-04T12:00:00.000Z' },
      ])
    })

    test('a step that fails half-way leaves nothing, and those before it stand', async () => {
      await using t = await openTestDatabase(dialect)
      const broken: Migration = {
        owner: 'blog',
        name: '0002-broken',
        up: async (context) => {
          await adds('half').up(context)
          throw new Error('half-way')
        },
      }
      await assert.rejects(t.database.migrate([tables, broken], options), /half-way/)
      assert.deepEqual(await t.database.pending([tables, broken]), [broken])
      await t.database.migrate([tables, adds('half')], options)
    })

    test('a database that already holds something is backed up before it changes', async () => {
      await using t = await openTestDatabase(dialect)
      const calls: unknown[] = []
      const noting = {
        ...options,
        beforeChange: async (backup: unknown) => void calls.push(backup),
      }
      await t.database.migrate([tables], noting)
      assert.deepEqual(calls, [])
      await t.database.migrate([tables, adds('more')], noting)
      assert.deepEqual(calls, [t.connections.backup])
    })

    test('a newer database is refused by name; what a removed module has left is not', async () => {
      await using t = await openTestDatabase(dialect)
      await t.database.migrate([tables, adds('future')], options)
      await assert.rejects(t.database.migrate([tables], options), {
        fault: 'newer-schema',
        detail: 'blog/future',
      })
      assert.deepEqual(await t.database.pending([]), [])
    })
  })
}

suite('SQLite', () => {
  test('keeps what is committed through power loss, and needs nobody to repair it', async () => {
    await using t = await openTestDatabase('sqlite')
    const pragma = async (name: string): Promise<unknown> =>
      Object.values((await t.connections.writer.all(`pragma ${name}`))[0] ?? {})[0]
    const settings = ['journal_mode', 'synchronous', 'foreign_keys', 'trusted_schema']
    assert.deepEqual(await Promise.all(settings.map(pragma)), ['wal', 2, 1, 0])
  })

  test('copies itself consistently while it is open', async () => {
    await using t = await openTestDatabase('sqlite')
    await t.database.migrate([tables], options)
    const dir = await mkdtemp(join(tmpdir(), 'quark-copy-'))
    const path = join(dir, 'copy.db')
    await t.connections.backup?.(path)
    const copy = openSqlite(path)
    assert.equal((await copy.reader.all('select * from schema_migrations')).length, 1)
    await copy.close()
    await rm(dir, { recursive: true })
  })

  test('says which path cannot be written', () => {
    assert.throws(() => openSqlite('/dev/null/quark.db'), {
      fault: 'unwritable',
      detail: '/dev/null/quark.db',
    })
  })

  test('still knows a statement after hundreds of others', async () => {
    await using t = await openTestDatabase('sqlite')
    const { reader } = t.connections
    for (let i = 0; i < 1_100; i++) {
      assert.deepEqual(await reader.all(`select ${i % 600} as value`), [{ value: i % 600 }])
    }
  })

  test('sees a column that was added after a statement was prepared', async () => {
    await using t = await openTestDatabase('sqlite')
    await t.database.migrate([tables], options)
    const rows = async (): Promise<unknown> => t.database.reader.all('select * from users')
    await t.database.transaction((tx) => tx.session.run(`insert into users values ('u', 'Alice')`))
    assert.deepEqual(await rows(), [{ id: 'u', name: 'Alice' }])
    await t.database.transaction((tx) => tx.session.exec('alter table users add column bio text'))
    assert.deepEqual(await rows(), [{ id: 'u', name: 'Alice', bio: null }])
  })

  test('knows a column by the name it has now, be it after a change that was undone', async () => {
    await using t = await openTestDatabase('sqlite')
    await t.database.migrate([tables], options)
    const renamed = (name: string, isUndone: boolean): Promise<unknown> =>
      t.database.transaction(async (tx) => {
        await tx.session.exec(`alter table users rename column name to ${name}`)
        const rows = await tx.session.all('select * from users')
        if (isUndone) throw new Error('no')
        return rows
      })
    await t.database.transaction((tx) => tx.session.run(`insert into users values ('u', 'Alice')`))
    await assert.rejects(renamed('nick', true), { message: 'no' })
    assert.deepEqual(await renamed('title', false), [{ id: 'u', title: 'Alice' }])
    assert.deepEqual(await t.database.reader.all('select * from users'), [
      { id: 'u', title: 'Alice' },
    ])
  })
})

suite('PostgreSQL', () => {
  test('says which server does not answer', async () => {
    await assert.rejects(openPostgres('postgres://nobody@127.0.0.1:1/none'), {
      fault: 'unreachable',
      detail: '127.0.0.1:1',
    })
  })

  test('reads through connections that cannot write', { skip }, async () => {
    await using t = await openTestDatabase('postgres')
    await t.database.migrate([tables], options)
    const { reader } = t.connections
    await assert.rejects(async () => reader.run(`insert into users values ('u', 'Alice')`), {
      message: /read-only transaction/,
    })
  })
})

function adds(name: string): Migration {
  return {
    owner: 'blog',
    name,
    up: async ({ db }) => {
      await db.schema.createTable(`blog_${name}`).addColumn('id', 'text').execute()
    },
  }
}

type Query = () => Promise<unknown[]>

function ownQueries(db: Kysely<Tables>): Record<string, Query> {
  return {
    plainly: () => db.selectFrom('blog_posts').select(['id', 'blog_posts.views']).execute(),
    'under an alias': () => db.selectFrom('blog_posts as p').select('p.id').execute(),
    joined: () =>
      db
        .selectFrom('blog_posts as p')
        .innerJoin('blog_tags', 'blog_tags.post_id', 'p.id')
        .select(['p.id', 'blog_tags.tag'])
        .execute(),
    'as a subquery': () =>
      db
        .selectFrom((eb) => eb.selectFrom('blog_posts').select('id').as('inner_posts'))
        .select('inner_posts.id')
        .execute(),
    'as a common table': () =>
      db
        .with('recent', (eb) => eb.selectFrom('blog_posts').select('id'))
        .selectFrom('recent')
        .select('recent.id')
        .execute(),
  }
}

function foreignQueries(db: Kysely<Tables>): Record<string, Query> {
  return {
    plainly: () => db.selectFrom('users').selectAll().execute(),
    'under an alias like its own': () =>
      db.selectFrom('users as blog_users').select('blog_users.id').execute(),
    joined: () =>
      db
        .selectFrom('blog_posts')
        .innerJoin('users', 'users.id', 'blog_posts.author_id')
        .select('blog_posts.id')
        .execute(),
    'in a condition': () =>
      db
        .selectFrom('blog_posts')
        .select('id')
        .where('author_id', 'in', (eb) => eb.selectFrom('users').select('id'))
        .execute(),
    'behind a name of its own': () =>
      db
        .with('mine', (eb) => eb.selectFrom('users').select('id'))
        .selectFrom('mine')
        .select('mine.id')
        .execute(),
    'written to': () => db.deleteFrom('users').returning('id').execute(),
  }
}
