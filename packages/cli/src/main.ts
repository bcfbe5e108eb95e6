#!/usr/bin/env node
import process from "node:process"
import { becomeSmall } from "./becomeSmall.ts"

// These run for months; the other commands end within seconds.
if (["run", "demo"].includes(process.argv[2] ?? "")) becomeSmall()

await import("./runCli.ts")
