// htmx, fetched once and only for pages that ask for it. Its settings stand in <meta name="htmx-config">.
const script = document.createElement("script")
script.src = new URL("../../vendor/htmx.min.js", import.meta.url)
document.head.append(script)

// What somebody typed while it was on its way is heard now.
function hearAgain({ activeElement: field }) {
  const isHeard = field.value && field.matches("[data-hx-trigger^=input]")
  if (isHeard) field.dispatchEvent(new Event("input", { bubbles: true }))
}

document.addEventListener("htmx:after:process", () => hearAgain(document), { once: true })
