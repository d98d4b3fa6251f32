// How long a text is as the server counts it: in characters, of which an emoji may be one, a line's end always one, and
// the space around it none where that is not meant.
export function lengthOf({ value, dataset }) {
  return [...("trimmed" in dataset ? value.trim() : value)].length
}

// How many characters there are too many; below zero, how many there is room for.
export function excessOf(field) {
  return lengthOf(field) - (Number(field.dataset.most) || Infinity)
}
