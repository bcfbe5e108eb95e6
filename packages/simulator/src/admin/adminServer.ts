import type { IncomingMessage, ServerResponse } from "node:http"
import { readBody } from "../http/body.ts"
import type { Simulator } from "../Simulator.ts"
import { adminPage } from "./adminPage.ts"
import { AdminMistake, isFields, type Fields } from "./fields.ts"
import { operations } from "./operations.ts"

const json = (response: ServerResponse, body: unknown, status = 200): void => {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" })
  response.end(`${JSON.stringify(body)}\n`)
}

const fieldsOf = (body: string): Fields => {
  try {
    const fields: unknown = body.trim() === "" ? {} : JSON.parse(body)
    if (isFields(fields)) return fields
  } catch {
    // Reported below, as JSON that is not an object.
  }
  throw new AdminMistake("The body has to be a JSON object.")
}

const household = (simulator: Simulator) => ({
  url: simulator.url,
  adminUrl: simulator.adminUrl,
  clientId: simulator.clientId,
  persons: simulator.persons.map((person) => ({ ...person, counts: simulator.counts(person.name) })),
})

/** What can be read, by path. */
const views: Readonly<Record<string, (simulator: Simulator) => unknown>> = {
  "/admin/household": household,
  "/admin/requests": ({ requests }) => ({ requests }),
  "/admin/deliveries": ({ deliveries }) => ({ deliveries }),
  "/admin/operations": () =>
    Object.entries(operations).map(([name, { kind, example }]) => ({ name, kind, example })),
}

const operate = async (
  simulator: Simulator,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
) => {
  const name = path.replace(/^\/admin\//, "")
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined
  if (!operation)
    return json(
      response,
      { error: `There is no operation "${name}". GET /admin/operations lists them.` },
      404,
    )
  // A form of a foreign web page cannot send this type, so no page can play with the household.
  if (!request.headers["content-type"]?.startsWith("application/json")) {
    return json(response, { error: "Send the fields as JSON, with content-type application/json." }, 415)
  }
  try {
    const result = await operation.run(simulator, fieldsOf(await readBody(request)))
    return json(response, { ok: true, result: result ?? null })
  } catch (error) {
    return json(response, { error: error instanceof Error ? error.message : String(error) }, 400)
  }
}

/** The admin page, and an operation or a view under each path below /admin. */
export const serveAdmin = async (
  simulator: Simulator,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const path = new URL(request.url ?? "/", "http://admin").pathname
  if (request.method === "POST") return operate(simulator, request, response, path)
  const view = views[path]
  if (view) return json(response, view(simulator))
  if (path !== "/") return json(response, { error: "There is nothing here. The page is at /." }, 404)
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" })
  response.end(adminPage(simulator))
}
