// Where somebody speaks from, in the language of this page: a frame goes to pages in all languages.
export function cityOf({ city, city_names: names }) {
  return names?.[document.documentElement.lang] ?? city ?? ""
}
