// A press on what a module gives life to, while that is still on its way, waits for it, and finds selected what was
// selected as it began: a press takes that away. Where the module does not come, it does what it does without scripts.
const BUTTONS = { quoting: "[data-quote]", writing: "[data-tool], [data-preview-url]" }
const PATIENCE = 10_000

function selected() {
  const selection = getSelection()
  return selection.isCollapsed || !selection.rangeCount ? null : selection.getRangeAt(0).cloneRange()
}

function select(range) {
  if (!range) return
  getSelection().removeAllRanges()
  getSelection().addRange(range)
}

class Held {
  constructor(element, buttons, touched) {
    Object.assign(this, { buttons, pressed: new Map(), over: new AbortController() })
    const options = { capture: true, signal: this.over.signal }
    const note = (event) => this.note(event)
    for (const type of ["pointerdown", "pointercancel"]) element.addEventListener(type, note, options)
    element.addEventListener("click", (event) => this.take(event), options)
    this.note(touched)
  }

  note(event) {
    this.isDown = event?.type === "pointerdown"
    this.last = selected()
  }

  // Pressed again by whoever sees nothing happen, it is still one press.
  take(event) {
    const button = event.target.closest(this.buttons), range = selected() ?? this.last
    this.isDown = false
    if (this.isCome) return this.end(button && range)
    if (!button || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (!this.pressed.has(button)) this.pressed.set(button, range)
  }

  // A press that has begun, and is none yet, is the last that is looked after.
  letGo() {
    this.isCome = true
    const pressed = [...this.pressed]
    if (!this.isDown) this.over.abort()
    for (const [button, range] of pressed) { select(range); button.click() }
  }

  end(range) {
    this.over.abort()
    select(range)
  }
}

// `touched`: the event that asks for the module, if there was one.
export function hold(element, name, coming, touched) {
  if (!BUTTONS[name]) return
  const held = new Held(element, BUTTONS[name], touched), letGo = () => held.letGo()
  Promise.race([coming, new Promise((_, giveUp) => setTimeout(giveUp, PATIENCE))]).then(letGo, letGo)
}
