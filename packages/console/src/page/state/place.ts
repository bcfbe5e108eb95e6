import { signal } from "./signal.ts"

/** Where the reader is: the page's name, then what it shows, from the address after `#/`. */
const read = (): ReadonlyArray<string> =>
  location.hash.replace(/^#\//, "").split("/").filter(Boolean).map(decodeURIComponent)

export const place = signal(read())
addEventListener("hashchange", () => place.set(read()))

export const linkTo = (...parts: ReadonlyArray<string>): string =>
  `#/${parts.map(encodeURIComponent).join("/")}`
