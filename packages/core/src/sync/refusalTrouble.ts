import type { Reported } from "../trouble/Trouble.ts"
import { feeds, type Feed } from "../withings/client/Feed.ts"
import type { Agenda } from "./Agenda.ts"

const called: Readonly<Record<Feed, string>> = {
  getmeas: "body measures",
  night: "nights",
  day: "daily activity",
  workout: "workouts",
}

/**
 * What it means for a person (`about`, by name) that Withings refuses some lists. null: nothing that anyone would
 * miss, such as the lists of the last days, which Withings refuses to most people.
 */
export const refusalTrouble = (
  { id, name }: { readonly id: string; readonly name: string },
  { refused }: Agenda,
  status: number,
): Reported | null => {
  const missing = feeds.filter((feed) => refused[feed] !== undefined).map((feed) => called[feed])
  if (missing.length === 0) return null
  const found = `Withings refuses to give ${missing.join(", ")} (status ${status}); the rest still arrives.`
  return { code: "withings-refused", aboutId: id, about: name, found }
}
