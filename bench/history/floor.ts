/** The minimum: JSON.parse, and one prepared insert for each measure, in one transaction. */
import { Effect } from "effect"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { unhurriedServices } from "../../packages/core/test/unhurried.ts"
import { configFor } from "../../packages/core/test/withingsLayer.ts"
import { download, type Answer } from "./download.ts"
import { received, tell, watchProcess } from "./message.ts"

interface Wire {
  readonly [key: string]: unknown
}

type Row = [string, string, string, string, number, number, number, string, string, number]

/** The measures in an answer, with minimal decoding. */
const rowsOf = ({ action, person }: Answer, body: Wire): ReadonlyArray<Row> => {
  const rows: Array<Row> = []
  const groups = (body["measuregrps"] ?? []) as ReadonlyArray<Wire & { measures: ReadonlyArray<Wire> }>
  for (const group of groups) {
    for (const one of group.measures) {
      const value = Number(`${one["value"]}e${one["unit"]}`)
      rows.push([
        person,
        action,
        String(group["grpid"]),
        `k${one["type"]}`,
        Number(one["position"] ?? -1),
        Number(group["date"]),
        value,
        String(group["deviceid"]),
        "device",
        Number(group["modified"]),
      ])
    }
  }
  for (const list of ["series", "activities"]) {
    for (const record of (body[list] ?? []) as ReadonlyArray<Wire>) {
      const data = (record["data"] ?? record) as Wire
      const group = String(record["id"] ?? record["date"])
      const at = Number(record["enddate"] ?? Date.parse(String(record["date"])) / 1000)
      const device = String(record["deviceid"])
      for (const [key, value] of Object.entries(data)) {
        if (typeof value !== "number" || (data === record && at === value)) continue
        rows.push([person, action, group, key, -1, at, value, device, "device", Number(record["modified"])])
      }
    }
  }
  return rows
}

const config = configFor("")
// The table as the bridge makes it, with its indexes.
await Effect.runPromise(Effect.provide(Effect.void, unhurriedServices(config)))
const answers = await download(await received())
const database = new DatabaseSync(join(config.home, "bridge.db"))
database.exec("PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF")
const insert = database.prepare("INSERT OR REPLACE INTO measure VALUES (?,?,?,?,?,?,?,?,?,?,0,0,0)")
const taken = watchProcess()
let measures = 0
database.exec("BEGIN")
for (const answer of answers) {
  const { body }: { body: Wire } = JSON.parse(answer.text)
  for (const row of rowsOf(answer, body)) {
    insert.run(...row)
    measures++
  }
}
database.exec("COMMIT")
const outcome = taken()
database.close()
const bytes = answers.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)
tell({ ...outcome, measures, megabytes: bytes / 1e6 })
