import { escaped, page } from "../http/html.ts"
import type { Simulator } from "../Simulator.ts"
import type { Fields } from "./fields.ts"

interface Button {
  readonly label: string
  readonly operation: string
  readonly fields: Fields
}

const personButtons = (person: string): ReadonlyArray<Button> => [
  { label: "Weigh in", operation: "weigh", fields: { person, kilograms: 72.4 } },
  { label: "Go to bed", operation: "goToBed", fields: { person } },
  { label: "Get up", operation: "getUp", fields: { person } },
  {
    label: "Measure blood pressure",
    operation: "measureBloodPressure",
    fields: { person, systolic: 121, diastolic: 78, pulse: 62 },
  },
  { label: "Take temperature", operation: "takeTemperature", fields: { person, celsius: 36.7 } },
  { label: "Walk 1,000 steps", operation: "walk", fields: { person, steps: 1000 } },
  { label: "Expire token", operation: "expireToken", fields: { person } },
  { label: "Revoke consent", operation: "revokeConsent", fields: { person } },
]

const cloudButtons: ReadonlyArray<Button> = [
  { label: "Let an hour pass", operation: "advance", fields: { seconds: 3600 } },
  { label: "Let a day pass", operation: "advance", fields: { seconds: 86_400 } },
  { label: "Throttle for a minute", operation: "throttle", fields: { seconds: 60 } },
  {
    label: "Fail the next getmeas",
    operation: "failNext",
    fields: { action: "getmeas", failure: "http 500" },
  },
  { label: "Lose the next webhook", operation: "loseWebhook", fields: {} },
  { label: "Replay the last webhook", operation: "replayWebhook", fields: {} },
  { label: "End all faults", operation: "clear", fields: {} },
]

const button = ({ label, operation, fields }: Button): string =>
  `<button data-operation="${operation}" data-fields="${escaped(JSON.stringify(fields))}">${escaped(label)}</button>`

const personCard = ({
  name,
  userid,
  timezone,
  devices,
}: Simulator["persons"][number]): string => `<section class="card">
<h2>${escaped(name)}</h2>
<p class="soft">userid ${userid} · ${escaped(timezone)} · ${devices.map(({ model, type }) => escaped(model || type)).join(", ")}</p>
<div class="row"><label>kg <input type="number" step="0.1" value="72.4" size="6" data-kilograms></label>${personButtons(name).map(button).join("")}</div>
</section>`

/** Runs in the browser: sends what the buttons say, and shows the last requests every second. */
const script = `
const said = document.querySelector("#said")
document.addEventListener("click", async (event) => {
  const pressed = event.target.closest("[data-operation]")
  if (!pressed) return
  const fields = JSON.parse(pressed.dataset.fields)
  const kilograms = pressed.closest("section").querySelector("[data-kilograms]")
  if ("kilograms" in fields && kilograms) fields.kilograms = Number(kilograms.value)
  const response = await fetch("/admin/" + pressed.dataset.operation, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(fields) })
  const answer = await response.json()
  said.textContent = pressed.textContent + ": " + (answer.error ?? JSON.stringify(answer.result ?? "done").slice(0, 160))
  said.className = answer.error ? "bad" : "soft"
  show()
})
const cell = (text, bad) => Object.assign(document.createElement("td"), { textContent: text, className: bad ? "bad" : "" })
const rows = (id, list) => document.querySelector(id).replaceChildren(...list.slice(-25).reverse().map((cells) => {
  const row = document.createElement("tr")
  row.append(...cells)
  return row
}))
const time = (seconds) => new Date(seconds * 1000).toLocaleTimeString()
async function show() {
  const [{ requests }, { deliveries }] = await Promise.all(["requests", "deliveries"].map((view) => fetch("/admin/" + view).then((answer) => answer.json())))
  rows("#requests", requests.map((one) => [cell(time(one.at)), cell(one.person ?? ""), cell(one.path + " " + one.action), cell(String(one.status), one.status !== 0), cell(one.rows ?? ""), cell(one.milliseconds + " ms")]))
  rows("#deliveries", deliveries.map((one) => [cell(time(one.at)), cell(one.appli), cell(JSON.stringify(one.fields)), cell(one.outcome, one.outcome !== "delivered"), cell(one.detail)]))
}
show()
setInterval(show, 1000)
`

const table = (
  id: string,
  title: string,
  columns: ReadonlyArray<string>,
): string => `<section class="card"><h2>${title}</h2>
<div class="wide"><table><thead><tr>${columns.map((column) => `<th>${column}</th>`).join("")}</tr></thead><tbody id="${id}"></tbody></table></div></section>`

export const adminPage = (simulator: Simulator): string =>
  page(
    "Simulated Withings cloud",
    `<main><div class="card"><h1>Simulated Withings cloud</h1>
<p class="soft">API and sign-in at <code>${escaped(simulator.url)}</code> · client <code>${escaped(simulator.clientId)}</code> · everything here can be scripted, see <a href="/admin/operations">/admin/operations</a></p>
<p id="said" class="soft" role="status">Press a button to make something happen.</p></div>
${simulator.persons.map(personCard).join("\n")}
<section class="card"><h2>The cloud</h2><div class="row">${cloudButtons.map(button).join("")}</div></section>
${table("requests", "Last requests", ["Time", "Person", "Action", "Status", "Rows", "Took"])}
${table("deliveries", "Last webhooks", ["Time", "appli", "Fields", "Outcome", "Detail"])}</main>`,
    script,
  )
