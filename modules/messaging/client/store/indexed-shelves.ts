import { type Change, SHELF_NAMES, type ShelfKey, type ShelfName, type Shelves } from './shelves.ts'

/** Grows with the list of shelves. */
const VERSION = 2

/** IndexedDB, one database per account: another one on the same browser sees nothing of it. */
export class IndexedShelves implements Shelves {
  readonly #database: IDBDatabase

  private constructor(database: IDBDatabase) {
    this.#database = database
    /* Another tab wants to upgrade or remove it; this one opens it again when it is reloaded. */
    database.addEventListener('versionchange', () => database.close())
  }

  /** @throws where the browser keeps nothing, e.g. in some private windows. */
  static async open(userId: string): Promise<IndexedShelves> {
    const opening = indexedDB.open(`quark-chats-${userId}`, VERSION)
    opening.addEventListener('upgradeneeded', () => {
      const { objectStoreNames: there } = opening.result
      for (const name of SHELF_NAMES) {
        if (!there.contains(name)) opening.result.createObjectStore(name)
      }
    })
    return new IndexedShelves(await answerOf(opening))
  }

  async get(shelf: ShelfName, key: ShelfKey): Promise<unknown> {
    return answerOf(this.#store(shelf).get(keyOf(key)))
  }

  async all(shelf: ShelfName): Promise<unknown[]> {
    return answerOf(this.#store(shelf).getAll())
  }

  async messages(chat: string, from: number, to: number): Promise<unknown[]> {
    return answerOf(this.#store('messages').getAll(IDBKeyRange.bound([chat, from], [chat, to])))
  }

  async write(changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return
    const names = [...new Set(changes.map(({ shelf }) => shelf))]
    const transaction = this.#database.transaction(names, 'readwrite', { durability: 'relaxed' })
    const done = endOf(transaction)
    for (const change of changes) {
      const store = transaction.objectStore(change.shelf)
      if ('put' in change) store.put(change.put, keyOf(change.key))
      else if ('key' in change) store.delete(keyOf(change.key))
      else if (change.chat === undefined) store.clear()
      else store.delete(IDBKeyRange.bound([change.chat, 0], [change.chat, Infinity]))
    }
    transaction.commit()
    await done
  }

  #store(shelf: ShelfName): IDBObjectStore {
    return this.#database.transaction(shelf, 'readonly').objectStore(shelf)
  }
}

function keyOf(key: ShelfKey): IDBValidKey {
  return typeof key === 'string' ? key : [...key]
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  request.addEventListener('success', () => resolve(request.result))
  request.addEventListener('error', () => {
    reject(request.error ?? new Error('The browser could not read'))
  })
  return promise
}

function endOf(transaction: IDBTransaction): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  transaction.addEventListener('complete', () => resolve())
  transaction.addEventListener('abort', () => {
    reject(transaction.error ?? new Error('The browser could not write'))
  })
  return promise
}
