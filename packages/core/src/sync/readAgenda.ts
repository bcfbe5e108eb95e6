import { Option, Schema } from "effect"
import type { Agenda } from "./Agenda.ts"

const Stored = Schema.parseJson(
  Schema.Struct({
    done: Schema.Record({ key: Schema.String, value: Schema.Number }),
    refused: Schema.Record({
      key: Schema.String,
      value: Schema.Struct({ at: Schema.Number, times: Schema.Number }),
    }),
  }),
)

const decode = Schema.decodeUnknownOption(Stored)

/** What an earlier turn kept; null where there is nothing that can be read. */
export const readAgenda = (text: string | null): Agenda | null =>
  text === null ? null : Option.getOrNull(decode(text))
