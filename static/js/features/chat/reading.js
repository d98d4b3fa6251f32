// How far one has read, told once in a while and when one leaves: a full room would otherwise write as often as it has
// readers, for each message.
import Seen from "../forums/seen.js"

const PAUSE = 3000

export default class Reading {
  constructor(room) {
    this.room = room
    const batch = () => PAUSE * (1 + Math.random())
    new Seen(room.messages.list, (range) => this.tell(range), batch, () => document.hasFocus())
  }

  tell(range) {
    const { connection, id, element } = this.room
    if (!connection.isLive) return Seen.note(element.dataset.readUrl, range)
    connection.tell("room:read", { room_id: id, number: range.until, since: range.since })
  }
}
