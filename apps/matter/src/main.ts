import { program } from "./program.ts"

process.exit(await program())
