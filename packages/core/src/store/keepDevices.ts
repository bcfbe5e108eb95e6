import type { SqlClient } from "@effect/sql"
import { Effect } from "effect"
import { epochSeconds } from "../epochSeconds.ts"
import type { Device, DeviceId } from "../measure/Device.ts"
import type { PersonId } from "../measure/Person.ts"
import { goneForSure } from "./doubt.ts"
import type { ofHousehold } from "./HouseholdId.ts"
import { writeTimezone } from "./personRows.ts"

interface Own {
  readonly sql: SqlClient.SqlClient
  /** Only rows of the household. */
  readonly own: ReturnType<typeof ofHousehold>
}

/** Stores the devices that Withings lists; the others become unlinked once that is certain. */
export const keepDevices = ({ own, sql }: Own, personId: PersonId, devices: ReadonlyArray<Device>) =>
  Effect.gen(function* () {
    const changed = yield* Effect.forEach(devices.toSorted(byFirstSession), (device) =>
      keepDevice({ sql, own }, device),
    )
    const listed = new Set(devices.map((device) => device.id))
    const linked = yield* sql<{ id: DeviceId }>`
      SELECT id FROM device WHERE person_id = ${personId} AND linked = 1`
    const missing = linked.map(({ id }) => id).filter((id) => !listed.has(id))
    const gone = yield* goneForSure(sql, { personId, subject: "device", listed, missing, expected: false })
    const now = yield* epochSeconds
    yield* Effect.forEach(
      gone,
      (id) =>
        sql`UPDATE device SET linked = 0, unlinked_at = ${now} WHERE person_id = ${personId} AND id = ${id}`,
    )
    const moved = yield* keepTimezone(sql, personId, devices)
    return { value: undefined, changed: changed.flat().length + gone.length + moved.length > 0 }
  })

const keepDevice = ({ own, sql }: Own, device: Device) => sql`
  INSERT INTO device
    (person_id, id, type, model, model_id, battery, timezone, first_session, last_session, linked, place)
  VALUES (${device.personId}, ${device.id}, ${device.type}, ${device.model}, ${device.modelId}, ${device.battery},
    ${device.timezone}, ${device.firstSession}, ${device.lastSession}, 1,
    (SELECT COALESCE(MAX(place), 0) + 1 FROM device WHERE ${own}))
  ON CONFLICT (person_id, id) DO UPDATE SET
    type = excluded.type, model = excluded.model, model_id = excluded.model_id, battery = excluded.battery,
    timezone = excluded.timezone, first_session = excluded.first_session,
    last_session = excluded.last_session, linked = 1, unlinked_at = NULL
  WHERE device.type <> excluded.type OR device.model <> excluded.model OR device.linked = 0
    OR device.model_id IS DISTINCT FROM excluded.model_id OR device.battery IS DISTINCT FROM excluded.battery
    OR device.timezone IS DISTINCT FROM excluded.timezone
    OR device.last_session IS DISTINCT FROM excluded.last_session
  RETURNING id`

/** The timezone of a person is that of their most recently used device. */
const keepTimezone = (sql: SqlClient.SqlClient, personId: PersonId, devices: ReadonlyArray<Device>) => {
  const timezone = devices
    .filter((device) => device.timezone !== null)
    .toSorted((one, other) => (other.lastSession ?? 0) - (one.lastSession ?? 0))[0]?.timezone
  return timezone === undefined ? Effect.succeed([]) : writeTimezone(sql, personId, timezone)
}

/** Devices that are new at the same time are ordered by first use. */
const byFirstSession = (one: Device, other: Device): number =>
  (one.firstSession ?? Number.MAX_SAFE_INTEGER) - (other.firstSession ?? Number.MAX_SAFE_INTEGER)
