import { DataFolder } from './data-folder.ts'
import { type DialectName, openMigratedConnections, type TestConnections } from './databases.ts'
import { MortalConnections } from './mortal-connections.ts'
import { SocketDoor } from './socket.ts'
import { ANY_PORT, buildTestStation, type TestStation } from './station.ts'
import type { Visitor } from './visitor.ts'

/** Where a station's data is, from one of its lives to the next. */
interface Ground {
  readonly dialect: DialectName
  readonly database: TestConnections
  readonly files: DataFolder
}

interface Life {
  readonly t: TestStation
  readonly door: SocketDoor
  readonly connections: MortalConnections
}

/** A station that listens, and can be stopped or killed and started again on the same data. */
export class RestartableStation implements AsyncDisposable {
  readonly #ground: Ground
  readonly #people: Visitor[] = []
  #life: Life

  private constructor(ground: Ground, life: Life) {
    this.#ground = ground
    this.#life = life
  }

  static async of(dialect: DialectName): Promise<RestartableStation> {
    const database = await openMigratedConnections(dialect)
    const ground = { dialect, database, files: new DataFolder() }
    return new RestartableStation(ground, await begin(ground, database.connections))
  }

  get t(): TestStation {
    return this.#life.t
  }

  get door(): SocketDoor {
    return this.#life.door
  }

  /** Registers somebody, whose browser finds the station again after every start. */
  async person(username: string): Promise<Visitor> {
    const visitor = await this.t.person(username)
    this.#people.push(visitor)
    return visitor
  }

  /** Stops as a service manager does, and starts. */
  async restart(): Promise<void> {
    await this.t.station.stop()
    await this.#startAgain()
  }

  /** The power goes after so many statements that write, the last of which is done; then it starts again. */
  dieAfter(writes: number): void {
    this.#life.connections.dieAfter(writes)
  }

  /** Nothing is answered, told or tidied any more; then it starts again. Sockets are cut before. */
  async killAndStart(): Promise<void> {
    await this.#life.connections.die()
    /* Of a process that is gone no timer and no port would be left. */
    await this.t.station.stop()
    await this.#startAgain()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.t.station.stop()
    await this.#ground.database.dispose()
    this.#ground.files[Symbol.dispose]()
  }

  async #startAgain(): Promise<void> {
    const at = this.t.clock.now()
    this.#life = await begin(this.#ground, await this.#ground.database.reopen(), at)
    for (const visitor of this.#people) visitor.moveTo(this.t.station)
  }
}

async function begin(
  { dialect, files }: Ground,
  real: TestConnections['connections'],
  startsAt = new Date(),
): Promise<Life> {
  const mortal = new MortalConnections(real)
  const t = await buildTestStation({
    dialect,
    startsAt,
    config: ANY_PORT,
    dataDir: files.dir,
    connections: mortal.connections,
  })
  return { t, door: await SocketDoor.of(t), connections: mortal }
}
