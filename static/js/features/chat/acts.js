// What may be done with a message: the template's links and buttons speak of message 0.
export function address(item, id) {
  const meant = (path) => path.replace(/\b0\b/g, id)
  for (const link of item.querySelectorAll("a[href]")) link.href = meant(link.getAttribute("href"))
  for (const button of item.querySelectorAll("[formaction]")) {
    button.dataset.message = id
    button.setAttribute("formaction", meant(button.getAttribute("formaction")))
  }
}

// In a language that the reader does not read, said so or edited into it, a message can be asked for.
export function offerToAsk(item, template, { id, language }) {
  const isRead = template.closest("[data-reads]").dataset.reads.split(" ").includes(language.split("-")[0])
  const isTranslated = Boolean(item.querySelector("[data-part=translation]"))
  const there = item.querySelector("[data-part=ask]")
  if (isRead || isTranslated) there?.remove()
  else if (!there) begin(item, template, id)
}

function begin(item, template, id) {
  const acts = template.content.querySelector(".message__acts").cloneNode(true)
  address(acts, id)
  item.querySelector(".message__acts").append(acts.querySelector("[data-part=ask]"))
}
