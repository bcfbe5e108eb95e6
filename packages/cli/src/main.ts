#!/usr/bin/env node
import process from "node:process"
import { becomeSmall } from "./becomeSmall.ts"

// Those that run for months beside other things; all else ends within seconds.
if (["run", "demo"].includes(process.argv[2] ?? "")) becomeSmall()

await import("./runCli.ts")
