// Where somebody speaks from, in the language of this page: a frame goes to pages in all languages.
export function cityOf({ city, city_names: names }) {
  return names?.[document.documentElement.lang] ?? city ?? ""
}

// Cities that a text names, in what a frame brought: with every name they have.
export function nameCities(text) {
  for (const link of text.querySelectorAll("a[data-names]")) {
    link.textContent = JSON.parse(link.dataset.names)[document.documentElement.lang] ?? link.textContent
  }
}
