import type { Reported } from "../trouble/Trouble.ts"
import { feeds, type Feed } from "../withings/client/Feed.ts"
import type { Agenda } from "./Agenda.ts"

const names: Readonly<Record<Feed, string>> = {
  getmeas: "body measures",
  night: "nights",
  day: "daily activity",
  workout: "workouts",
}

/** The trouble of feeds that Withings refuses to a person; null: none. Recent lists do not count: most are refused them. */
export const refusalTrouble = (
  { id, name }: { readonly id: string; readonly name: string },
  { refused }: Agenda,
  status: number,
): Reported | null => {
  const missing = feeds.filter((feed) => refused[feed] !== undefined).map((feed) => names[feed])
  if (missing.length === 0) return null
  const found = `Withings refuses to give ${missing.join(", ")} (status ${status}); the rest still arrives.`
  return { code: "withings-refused", aboutId: id, about: name, found }
}
