import { signal } from "./signal.ts"

/** Where the reader is, as the address says it after `#`: the page's name, what it shows, and how. */
export interface Place {
  readonly parts: ReadonlyArray<string>
  readonly options: PlaceOptions
}

/** The range and zoom of a chart, and the like: a link to a page is a link to what it shows. */
export type PlaceOptions = Readonly<Record<string, string>>

export const readPlace = (hash: string): Place => {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?")
  return {
    parts: path.split("/").filter(Boolean).map(decoded),
    options: Object.fromEntries(new URLSearchParams(query)),
  }
}

/** An address that somebody cut short is no reason to show nothing. */
const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

export const addressOf = ({ options, parts }: Place): string => {
  const query = new URLSearchParams(options).toString()
  return `#/${parts.map(encodeURIComponent).join("/")}${query === "" ? "" : `?${query}`}`
}

export const place = signal(readPlace(globalThis.location?.hash ?? ""))
globalThis.addEventListener?.("hashchange", () => place.set(readPlace(location.hash)))

export const linkTo = (...parts: ReadonlyArray<string>): string => addressOf({ parts, options: {} })

/** Changes options of the place; null takes one away. The browser's "Back" leads to the page before. */
export const choose = (changes: Readonly<Record<string, string | null>>): void => {
  const { options, parts } = place.get()
  const next = Object.entries({ ...options, ...changes })
  const kept = next.flatMap(([key, value]) => (value === null ? [] : [[key, value] as const]))
  const address = addressOf({ parts, options: Object.fromEntries(kept) })
  history.replaceState(null, "", address)
  place.set(readPlace(address))
}
