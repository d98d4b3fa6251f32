// Says in a tab whose member has signed out in another one that nothing is kept here any more, as long as that is so.
const template = document.getElementById("signed-out-elsewhere").content
let notice

export function show(isOut) {
  notice?.remove()
  notice = isOut ? template.firstElementChild.cloneNode(true) : null
  if (notice) document.body.append(notice)
}
