import { erasePerson } from './erasing.ts'
import { exportPerson } from './exported.ts'
import type { Room } from '../room.ts'

/** What a person has said and keeps; what others have said to them is theirs. */
export function bindPersonalData(room: Room): void {
  room.app.onUserExport((question) => exportPerson(room, question))
  room.app.onUserErase((person) => erasePerson(room, person))
}
