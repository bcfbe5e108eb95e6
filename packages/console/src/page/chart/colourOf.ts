/** The computed colour of a custom property, since a canvas understands neither variables nor `light-dark()`. */
export const colourOf = (place: Element, name: string): string => {
  const probe = document.createElement("span")
  probe.style.color = `var(${name})`
  place.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
