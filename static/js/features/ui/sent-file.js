// What is asked about a file that was sent, in the list below the field. `file` changes with the answers.

// What a picture shows stands in the text, in place of the name of its file. Enter here must not send the form.
export function askForWords(file, label, replace) {
  label.hidden = false
  label.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault())
  label.addEventListener("input", ({ target }) => {
    const before = file.markdown, words = target.value.replace(/[\\[\]]/g, "\\$&") || file.name
    file.markdown = `![${words}](${file.url})`
    replace(before, file.markdown)
  })
}

// A text that does not say itself how its letters are written was read by a guess: its first lines are shown, and
// another encoding can be chosen. `again` sends it once more.
export function askForEncoding(file, part, again) {
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
