// A picture of a text, large, above the page. Escape, its button or a press beside it lead back to where one was.
export function enlarge(link) {
  const dialog = document.getElementById("picture-dialog").content.firstElementChild.cloneNode(true)
  const small = link.querySelector("img"), large = dialog.querySelector("img")
  Object.assign(large, { src: link.href, alt: small.alt, width: small.width, height: small.height })
  dialog.setAttribute("aria-label", small.alt)
  dialog.querySelector("a").href = link.href
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close())
  dialog.addEventListener("close", () => { dialog.remove(); link.focus() })
  document.body.append(dialog)
  dialog.showModal()
}
