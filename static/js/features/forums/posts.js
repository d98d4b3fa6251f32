// Posts of an open topic as the server draws them for this reader: asked for by their positions, put where they stand.

export async function fetchPosts(url, after, until) {
  const answer = await fetch(`${url}?after=${after}&until=${until}`, { redirect: "error" })
  if (!answer.ok) return null
  const page = document.createElement("template")
  page.innerHTML = await answer.text()
  return page.content.firstElementChild
}

// In place of what stands there, if it differs, or at the end of the list.
export function place(list, post) {
  const old = document.getElementById(post.id)
  if (!old) return append(list, post)
  bringOver(old, post)
  if (old.isEqualNode(post)) return
  const focused = old.contains(document.activeElement) ? document.activeElement : null
  old.replaceWith(post)
  if (focused) counterpart(post, focused)?.focus({ preventScroll: true })
}

function append(list, post) {
  post.classList.add("post--new")
  list.append(post)
}

// What the reader did with the post, or has seen of it: an original that was opened, the mark of a new one.
function bringOver(old, post) {
  if (old.matches(".post--new")) post.classList.add("post--new")
  if (old.querySelector("details[open]")) post.querySelector("details")?.setAttribute("open", "")
}

function counterpart(post, { tagName, textContent }) {
  return [...post.querySelectorAll(tagName)].find((one) => one.textContent === textContent)
}
