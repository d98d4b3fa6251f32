// One post from data and the page's template, as the server would draw it. The HTML is the server's, cleaned when it
// was written.
export function draw(template, post, clock) {
  const item = template.content.firstElementChild.cloneNode(true)
  const field = (name) => item.querySelector(`[data-field="${name}"]`)
  Object.assign(item, { id: `post-${post.id}` }).dataset.position = post.position
  field("person").id = `n${post.position}`
  sign(field, post)
  field("link").href = `/posts/${post.id}`
  field("time").dateTime = post.posted_at
  field("time").textContent = clock.format(new Date(post.posted_at))
  if (!post.is_official) field("official").remove()
  write(field("html"), post)
  return item
}

function write(place, post) {
  Object.assign(place, { innerHTML: post.html, lang: post.language })
}

// Other words than those that were translated: the mark of the translation and the old original would lie about them.
export function change(item, post, template, edited) {
  const place = item.querySelector(".post__text")
  if (!place) return
  for (const old of item.querySelectorAll(".translation-mark, .original")) old.remove()
  item.querySelector(".post__mark--official")?.remove()
  if (post.is_official) place.before(template.content.querySelector(".post__mark--official").cloneNode(true))
  write(place, post)
  if (item.querySelector('[href$="/revisions"]')) return
  item.querySelector(".post__when").append(" · ", edited.content.cloneNode(true))
  item.querySelector(".post__when > :last-child").href = `/posts/${post.id}/revisions`
}

// Where names are hidden there is nobody to show or to link to: the template's own words stay.
function sign(field, { author, sign }) {
  if (!author) return field("avatar").remove()
  field("avatar").textContent = sign.initials
  field("avatar").classList.add(`avatar--${sign.colour}`)
  if (author.id) field("page").href = `/members/${author.id}`
  else field("page").removeAttribute("href")  // a chosen name leads nowhere
  field("name").textContent = author.name
  field("city").textContent = author.city ?? ""
}
