// Where a place of a text field is on the screen, and a list beside it: under the line, above it where more room is.
const COPIED = ["direction", "unicodeBidi", "textAlign", "textIndent", "textTransform", "fontFamily", "fontSize",
  "fontStyle", "fontWeight", "fontStretch", "lineHeight", "letterSpacing", "wordSpacing", "tabSize",
  "paddingTop", "paddingRight", "paddingBottom", "paddingLeft"]

// No browser tells it: the same words are laid out in the same width, and a mark stands where the place is.
function measured(field, at) {
  const looks = getComputedStyle(field), twin = document.createElement("div"), mark = document.createElement("span")
  for (const name of COPIED) twin.style[name] = looks[name]
  Object.assign(twin.style, {
    position: "absolute", visibility: "hidden", insetBlockStart: "0", boxSizing: "border-box",
    inlineSize: `${field.clientWidth}px`, whiteSpace: "pre-wrap", overflowWrap: "break-word",
  })
  twin.setAttribute("dir", field.dir || looks.direction)
  mark.textContent = "\u2060"  // nothing to see, of a line's height
  twin.append(field.value.slice(0, at), mark, field.value.slice(at) || ".")
  field.after(twin)
  const place = mark.getBoundingClientRect(), whole = twin.getBoundingClientRect()
  twin.remove()
  return { top: place.top - whole.top, bottom: place.bottom - whole.top, left: place.left - whole.left }
}

export function placeOnScreen(field, at) {
  const { top, bottom, left } = measured(field, at), box = field.getBoundingClientRect()
  const down = box.top + field.clientTop - field.scrollTop, aside = box.left + field.clientLeft
  const within = (y) => Math.min(Math.max(y, box.top), box.bottom)
  return { top: within(down + top), bottom: within(down + bottom), left: aside + left }
}

// What a keyboard on the screen leaves to be seen.
function seen() {
  const { offsetTop = 0, height = innerHeight } = globalThis.visualViewport ?? {}
  return { top: offsetTop, bottom: offsetTop + height }
}

// `list` stands absolutely in the box that holds the field, at the place that `begin` tells. Gives what puts it there;
// a keyboard on the screen, which comes and goes, does so too.
export function staysBeside(list, field, begin) {
  const place = () => list.hidden || put(list, field, begin())
  for (const event of ["resize", "scroll"]) globalThis.visualViewport?.addEventListener(event, place)
  return place
}

function put(list, field, at) {
  const place = placeOnScreen(field, at), host = list.offsetParent.getBoundingClientRect(), window = seen()
  const { style } = list
  style.maxBlockSize = ""
  const below = window.bottom - place.bottom, above = place.top - window.top
  const isAbove = list.offsetHeight > below && above > below
  style.maxBlockSize = `${Math.max(isAbove ? above : below, 96)}px`
  const start = getComputedStyle(field).direction === "rtl" ? place.left - list.offsetWidth : place.left
  const most = Math.max(0, document.documentElement.clientWidth - list.offsetWidth)
  style.left = `${Math.min(Math.max(0, start), most) - host.left}px`
  style.top = `${(isAbove ? place.top - list.offsetHeight : place.bottom) - host.top}px`
}
