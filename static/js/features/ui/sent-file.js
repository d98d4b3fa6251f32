// A file whose link stands in the text of a form, in the list below the field: what it needs is asked for, and it may
// be taken out again. `file` changes with the answers; `source` is what was chosen.
import { takeBack } from "./sending.js"

export function showSent(file, source, upload) {
  const item = upload.words("sent").firstElementChild.cloneNode(true)
  const part = (name) => item.querySelector(`[data-${name}]`)
  item.querySelector("bdi").textContent = file.name
  item.querySelector("button").addEventListener("click", () => remove(file, item, upload))
  if (file.markdown.startsWith("!")) askForWords(file, part("words"), upload)
  if (file.encoding) askForEncoding(file, part("read-as"), (encoding) => sendAgain(file, source, encoding, upload))
  return item
}

// What a picture shows stands in the text, in place of the name of its file. Enter here must not send the form.
function askForWords(file, label, upload) {
  label.hidden = false
  label.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault())
  label.addEventListener("input", ({ target }) => {
    const before = file.markdown, words = target.value.replace(/[\\[\]]/g, "\\$&") || file.name
    file.markdown = `![${words}](${file.url})`
    upload.replace(before, file.markdown)
  })
}

// A text that does not say itself how its letters are written was read by a guess: its first lines are shown, and
// another encoding can be chosen. `again` sends it once more.
function askForEncoding(file, part, again) {
  const choice = part.querySelector("select")
  const show = () => {
    choice.value = file.encoding
    part.querySelector("[data-lines]").textContent = file.lines.join("\n")
  }
  part.hidden = false
  show()
  choice.addEventListener("change", async () => {
    part.setAttribute("aria-busy", "true")
    await again(choice.value)
    part.removeAttribute("aria-busy")
    show()
  })
}

async function sendAgain(file, source, encoding, upload) {
  upload.forgive()
  const { id, markdown } = file
  try {
    Object.assign(file, await upload.send(source, encoding))
    upload.replace(markdown, file.markdown)
    await takeBack(upload.url, id)
  } catch (reason) {
    upload.refuse(source, reason)
  }
}

async function remove({ id, markdown }, item, upload) {
  item.remove()
  upload.input.focus()
  upload.write(upload.text.value.split(markdown).map((part) => part.trim()).filter(Boolean).join("\n\n"))
  await takeBack(upload.url, id)
}
