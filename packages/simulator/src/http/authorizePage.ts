import type { IncomingMessage, ServerResponse } from "node:http"
import { scopesOf } from "../actions/oauth2.ts"
import { ApiFailure } from "../cloud/ApiFailure.ts"
import type { Cloud } from "../cloud/Cloud.ts"
import type { Person } from "../household/Person.ts"
import { paramsOf, readBody } from "./body.ts"
import { escaped, page } from "./html.ts"

type Params = ReadonlyMap<string, string>

const scopeMeanings: Readonly<Record<string, string>> = {
  "user.info": "Your devices and goals",
  "user.metrics": "Your weight, blood pressure, temperature and heart",
  "user.activity": "Your activity, workouts and sleep",
  "user.sleepevents": "When you get into and out of bed",
}

/** Why a request to sign in is refused; null: it is accepted. */
const refusal = (cloud: Cloud, params: Params): string | null => {
  if (params.get("response_type") !== "code") return 'response_type has to be "code".'
  if (!cloud.clients.knows(params.get("client_id") ?? "")) return "This client_id is not registered."
  if (!params.get("state")) return "The parameter state is missing."
  const redirect = params.get("redirect_uri") ?? ""
  if (!URL.canParse(redirect)) return "redirect_uri is missing or not an address."
  const registered = cloud.callbackUrl?.split(",").map((url) => url.trim())
  if (registered && !registered.includes(redirect.split("?")[0] ?? "") && !registered.includes(redirect)) {
    return "redirect_uri is not the address registered for this application."
  }
  try {
    scopesOf(params.get("scope") ?? "")
    return null
  } catch (error) {
    if (error instanceof ApiFailure) return `The scope is not valid: ${error.message}.`
    throw error
  }
}

const hidden = (params: Params): string =>
  [...params]
    .filter(([name]) => name !== "person" && name !== "decision")
    .map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`)
    .join("")

const choice = ({ name, devices }: Person, index: number): string => `<label class="person">
  <input type="radio" name="person" value="${escaped(name)}"${index === 0 ? " checked" : ""}>
  <span><strong>${escaped(name)}</strong><br><span class="soft">${devices.length} devices</span></span></label>`

const authorizePage = (persons: ReadonlyArray<Person>, params: Params): string => {
  const scopes = scopesOf(params.get("scope") ?? "")
  const items = scopes.map(
    (scope) => `<li>${escaped(scopeMeanings[scope] ?? scope)} <code class="soft">${scope}</code></li>`,
  )
  return page(
    "Sign in to the simulated Withings cloud",
    `<main class="narrow"><form class="card" method="post" action="/oauth2_user/authorize2">
<h1>Simulated Withings cloud</h1>
<p class="soft">An application asks to read the data of one person:</p>
<ul>${items.join("")}</ul>
${persons.map(choice).join("\n")}
${hidden(params)}
<div class="row"><button class="main" name="decision" value="authorize">Authorize</button>
<button name="decision" value="cancel">Cancel</button></div></form>
<p class="soft">Nobody here is real: no password is needed, and nothing leaves this machine.</p></main>`,
  )
}

const refusalPage = (why: string): string =>
  page(
    "This sign-in does not work",
    `<main class="narrow"><div class="card"><h1>This sign-in does not work</h1><p>${escaped(why)}</p></div></main>`,
  )

const html = (response: ServerResponse, text: string, status = 200): void => {
  response.writeHead(status, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" })
  response.end(text)
}

const redirect = (
  response: ServerResponse,
  params: Params,
  answer: Readonly<Record<string, string>>,
): void => {
  const target = new URL(params.get("redirect_uri") ?? "")
  for (const [name, value] of Object.entries(answer)) target.searchParams.set(name, value)
  response.writeHead(302, { location: target.href, "cache-control": "no-store" })
  response.end()
}

const chosenPerson = (cloud: Cloud, params: Params): Person => {
  if (params.get("mode") === "demo") return cloud.household.demo
  const name = params.get("person")
  const [first] = cloud.household.persons
  if (name !== undefined) return cloud.household.personNamed(name)
  if (!first) throw new Error("Nobody lives here.")
  return first
}

/** account.withings.com: a page asks for consent, and its form redirects to the application. */
export const serveAuthorize = async (
  cloud: Cloud,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> => {
  const params = paramsOf(url.searchParams, request.headers["content-type"] ?? "", await readBody(request))
  const why = refusal(cloud, params)
  if (why !== null) return html(response, refusalPage(why), 400)
  const persons = params.get("mode") === "demo" ? [cloud.household.demo] : cloud.household.persons
  if (request.method !== "POST") return html(response, authorizePage(persons, params))
  const state = params.get("state") ?? ""
  if (params.get("decision") === "cancel")
    return redirect(response, params, { error: "access_denied", state })
  try {
    const { userid } = chosenPerson(cloud, params)
    const grant = {
      userid,
      clientId: params.get("client_id") ?? "",
      scope: scopesOf(params.get("scope") ?? ""),
    }
    const code = cloud.tokens.issueCode(grant, params.get("redirect_uri") ?? "")
    return redirect(response, params, { code, state })
  } catch (error) {
    return html(response, refusalPage(error instanceof Error ? error.message : String(error)), 400)
  }
}
