import { SqlClient } from "@effect/sql"
import { Effect } from "effect"

export default Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  // The webhooks of a person that stand at Withings for one receiver of the household ("webhooks" or
  // "relayed-webhooks", as its lease is called). `callback` is a hash of the address; `applis` are joined by commas.
  yield* sql.unsafe(`CREATE TABLE subscription (
    person_id TEXT NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    receiver TEXT NOT NULL,
    callback TEXT NOT NULL,
    applis TEXT NOT NULL,
    checked_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, receiver)
  )`)
  // When a webhook last told of a feed, or of "bed". NULL: a poll found what no webhook had told of. Epoch seconds.
  yield* sql.unsafe(`CREATE TABLE delivery (
    person_id TEXT NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    about TEXT NOT NULL,
    heard_at BIGINT,
    PRIMARY KEY (person_id, about)
  )`)
})
