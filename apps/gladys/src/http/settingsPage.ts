/**
 * The settings page of the bridge itself. It follows the documented flow of the Withings service for Gladys by the same
 * routes (credentials, authorization-uri, access-token, init_devices, add), so that no patched Gladys is needed.
 */
export const settingsPage = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Withings for Gladys</title>
<style>
body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}
label{display:block;margin:.6rem 0}input{display:block;width:100%;padding:.4rem;font:inherit;box-sizing:border-box}
button{font:inherit;padding:.4rem .8rem;margin:.3rem .3rem .3rem 0}li{margin:.5rem 0}#said{padding:.6rem;border-left:4px solid #05605f}
</style>
<h1>Withings for Gladys</h1>
<p id="said" role="status">Loading…</p>
<form id="key" hidden><label>API key of this bridge<input name="key" type="password" autocomplete="off"></label><button>Use it</button></form>
<form id="credentials" hidden>
<p>Create an application at developer.withings.com and register this address as its callback: <code id="callback"></code></p>
<label>Client ID<input name="id" required></label>
<label>Client secret<input name="secret" type="password" required autocomplete="off"></label>
<button>Save</button></form>
<p><button id="connect" hidden>Connect a person with Withings</button></p>
<ul id="devices"></ul>
<script>
const by = (id) => document.getElementById(id)
const say = (text) => { by("said").textContent = text }
const service = "/api/v1/service/withings/"
async function call(method, path, body) {
  const headers = { "content-type": "application/json" }
  const key = sessionStorage.getItem("key")
  if (key) headers.authorization = "Bearer " + key
  const answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) })
  const value = await answer.json().catch(() => ({}))
  if (answer.status === 401) by("key").hidden = false
  if (!answer.ok) throw new Error(value.message || "The bridge answered " + answer.status + ".")
  return value
}
async function show() {
  const { configured } = await call("GET", service + "oauth2/client")
  by("callback").textContent = location.origin + location.pathname
  by("credentials").hidden = configured
  by("connect").hidden = !configured
  const { withingsDevices } = await call("POST", service + "init_devices", {})
  by("devices").replaceChildren(...withingsDevices.map((device) => {
    const row = document.createElement("li")
    const button = document.createElement("button")
    row.textContent = device.name + " (" + device.features.length + " features) "
    button.textContent = device.inDB ? "In Gladys" : "Connect in Gladys"
    button.disabled = device.inDB
    button.onclick = () => run(async () => { await call("POST", "/api/v1/device", device); await show() })
    row.append(button)
    return row
  }))
  say(!configured ? "Enter the credentials of your Withings application." : withingsDevices.length + " devices found.")
}
const run = (action) => action().catch((error) => say(error.message))
by("key").onsubmit = (event) => { event.preventDefault(); sessionStorage.setItem("key", by("key").elements.key.value); by("key").hidden = true; run(start) }
by("credentials").onsubmit = (event) => { event.preventDefault(); const { id, secret } = event.target.elements; run(async () => {
  await call("POST", service + "variable/OAUTH2_CLIENT_ID", { value: id.value, userRelated: true })
  await call("POST", service + "variable/OAUTH2_CLIENT_SECRET", { value: secret.value, userRelated: true })
  secret.value = ""
  await show() }) }
by("connect").onclick = () => run(async () => {
  const { authorizationUri } = await call("POST", service + "oauth2/client/authorization-uri", { integration_name: "withings" })
  location.href = authorizationUri })
async function start() {
  const query = new URLSearchParams(location.search)
  if (query.get("code")) {
    const body = { authorization_code: query.get("code"), state: query.get("state") || undefined }
    const { result } = await call("POST", service + "oauth2/client/access-token", body)
    history.replaceState(null, "", location.pathname)
    await show()
    say(result.name + " is connected. " + by("said").textContent)
  } else await show()
}
run(start)
</script>
</html>`
