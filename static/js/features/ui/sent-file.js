// A file whose link stands in the text of a form: what is to be seen on a picture is asked for, and each may be taken
// out again.
import { ask } from "../../lib/asking.js"
import { csrfToken } from "../../lib/csrf.js"

export function showSent(file, upload) {
  const item = upload.words("sent").firstElementChild.cloneNode(true)
  item.querySelector("bdi").textContent = file.name
  item.querySelector("button").addEventListener("click", () => remove(file, item, upload))
  if (file.markdown.startsWith("!")) askForWords(file, item.querySelector("[data-words]"), upload)
  return item
}

// They stand in the text, in place of the name of the file. Enter here must not send the form.
function askForWords(file, label, upload) {
  label.hidden = false
  label.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault())
  label.addEventListener("input", ({ target }) => {
    const before = file.markdown, words = target.value.replace(/[\\[\]]/g, "\\$&") || file.name
    file.markdown = `![${words}](${file.url})`
    upload.write(upload.text.value.replace(before, () => file.markdown))
  })
}

async function remove({ id, markdown }, item, upload) {
  item.remove()
  upload.input.focus()
  upload.write(upload.text.value.split(markdown).map((part) => part.trim()).filter(Boolean).join("\n\n"))
  const proof = { method: "POST", headers: { "X-CSRFToken": csrfToken() } }
  await ask(`${upload.url}/${id}/remove`, proof).catch(() => null)
}
