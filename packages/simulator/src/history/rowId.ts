/** The most rows of one kind on one day. */
const idsADay = 20
const idsAPerson = 1_000_000
/** Generated days stay below this number until the year 2093. */
const firstLiveId = 900_000

/** Ids of two persons never collide. */
export const idOf = (person: { readonly userid: number }, day: number, place: number): number =>
  person.userid * idsAPerson + day * idsADay + place

/** The id of what happens on demand. */
export const liveIdOf = (person: { readonly userid: number }, count: number): number =>
  person.userid * idsAPerson + firstLiveId + count
