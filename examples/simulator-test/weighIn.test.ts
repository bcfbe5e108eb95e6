import { startSimulator, type Simulator } from "@withings-bridge/simulator"
import { expect, it } from "vitest"

/** Tests a client of Withings' API, here two calls by hand, against the simulator instead of the cloud. */
it("reads a weighing from the simulated cloud", async () => {
  const cloud = await startSimulator({ years: 0 })
  const name = cloud.persons[0]?.name ?? ""
  await cloud.weigh(name, 72.4)

  const { access_token } = await signIn(cloud, name)
  const { measuregrps } = await call(cloud, "/measure", { action: "getmeas" }, access_token)

  expect(measuregrps[0]?.measures).toContainEqual(expect.objectContaining({ type: 1, value: 72_400 }))
  expect(cloud.requests.map(({ action }) => action)).toEqual(["requesttoken", "getmeas"])
  await cloud.close()
})

/** The person's consent on Withings' page, and the client's exchange of the code. */
const signIn = async (cloud: Simulator, person: string) => {
  const { clientId: client_id, clientSecret: client_secret } = cloud
  const redirect_uri = "http://localhost:7333/callback"
  const form = { response_type: "code", client_id, redirect_uri, state: "one", scope: "user.metrics" }
  const answer = await fetch(`${cloud.url}/oauth2_user/authorize2`, {
    method: "POST",
    body: new URLSearchParams({ ...form, person, decision: "authorize" }),
    redirect: "manual",
  })
  const code = new URL(answer.headers.get("location") ?? "").searchParams.get("code") ?? ""
  const asked = { action: "requesttoken", grant_type: "authorization_code", redirect_uri, code }
  return call(cloud, "/v2/oauth2", { ...asked, client_id, client_secret })
}

const call = async (cloud: Simulator, path: string, asked: Record<string, string>, token = "") => {
  const headers = { authorization: `Bearer ${token}` }
  const init = { method: "POST", headers, body: new URLSearchParams(asked) }
  const { body, status } = (await (await fetch(cloud.url + path, init)).json()) as Answer
  expect(status).toBe(0)
  return body
}

interface Answer {
  readonly status: number
  readonly body: {
    readonly access_token: string
    readonly measuregrps: ReadonlyArray<{ readonly measures: ReadonlyArray<object> }>
  }
}
