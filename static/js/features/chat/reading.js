// How far one has read, told once in a while and when one leaves: a full room would otherwise write as often as it has
// readers, for each message.
const PAUSE = 3000

export default class Reading {
  constructor(room) {
    this.room = room
    addEventListener("focus", () => this.note())
    addEventListener("pagehide", () => this.tell())
  }

  note() {
    if (!document.hasFocus() || this.told === this.room.messages.newest) return
    this.timer ??= setTimeout(() => this.tell(), PAUSE * (1 + Math.random()))
  }

  tell() {
    if (!this.timer) return
    clearTimeout(this.timer)
    this.timer = null
    this.told = this.room.messages.newest
    this.room.connection.tell("room:read", { room_id: this.room.id, number: this.told })
  }
}
