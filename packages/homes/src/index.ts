import type { Home } from "@withings-bridge/core"
import { homebridge } from "homebridge-withings/home"
import { gladys } from "withings-gladys/home"
import { matter } from "withings-matter/home"

/** Every home there is. The command line and the console know homes by this list only: a new home is one more row. */
export const homes: ReadonlyArray<Home> = [homebridge, matter, gladys]
