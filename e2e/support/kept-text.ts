/** Everything this browser keeps of the chats, as text. */
export async function keptText(): Promise<string> {
  const texts: string[] = []
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open(name)
      opening.addEventListener('success', () => resolve(opening.result))
    })
    for (const store of database.objectStoreNames) {
      const all = await new Promise<unknown>((resolve) => {
        const asking = database.transaction(store).objectStore(store).getAll()
        asking.addEventListener('success', () => resolve(asking.result))
      })
      texts.push(JSON.stringify(all))
    }
    database.close()
  }
  return texts.join('\n')
}
