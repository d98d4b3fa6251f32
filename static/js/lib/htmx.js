// htmx, fetched once and only for pages that ask for it. Its settings stand in <meta name="htmx-config">.
const script = document.createElement("script")
script.src = new URL("../../vendor/htmx.min.js", import.meta.url)
document.head.append(script)
