import { feeds } from "../../packages/core/src/withings/client/Feed.ts"
import { listRequests } from "../../packages/core/src/withings/client/listRequests.ts"
import type { Cloud } from "./message.ts"

const post = async (url: string, fields: Record<string, string>, token = ""): Promise<string> => {
  const headers = { authorization: `Bearer ${token}` }
  return (await fetch(url, { method: "POST", headers, body: new URLSearchParams(fields) })).text()
}

const tokenOf = async (url: string, person: string): Promise<string> => {
  const redirect_uri = "http://127.0.0.1:1/"
  const scope = "user.info,user.metrics,user.activity,user.sleepevents"
  const asked = { response_type: "code", client_id: "demo-client", state: "x", scope, redirect_uri, person }
  const page = await fetch(`${url}/oauth2_user/authorize2`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams(asked),
  })
  const code = new URL(page.headers.get("location") ?? "").searchParams.get("code") ?? ""
  const client = { client_id: "demo-client", client_secret: "demo-secret", redirect_uri, code }
  const answer = await post(`${url}/v2/oauth2`, {
    action: "requesttoken",
    grant_type: "authorization_code",
    ...client,
  })
  const { body }: { body: { access_token: string } } = JSON.parse(answer)
  return body.access_token
}

export interface Answer {
  readonly person: string
  readonly action: string
  readonly text: string
}

/** Every page of every feed of everyone, as text. */
export const download = async ({ names, url }: Cloud): Promise<ReadonlyArray<Answer>> => {
  const answers: Array<Answer> = []
  const span = { _tag: "Between", from: 1, to: Math.floor(Date.now() / 1000) + 86_400 } as const
  for (const name of names) {
    const token = await tokenOf(url, name)
    for (const feed of feeds) {
      const { action, params, path } = listRequests[feed]
      for (let offset: number | null = 0; offset !== null;) {
        const fields = Object.entries({ action, ...params(span), ...(offset > 0 ? { offset } : {}) })
        const text = await post(
          url + path,
          Object.fromEntries(fields.map(([key, value]) => [key, String(value)])),
          token,
        )
        answers.push({ person: name, action, text })
        const { body }: { body: { more?: boolean | number; offset?: number } } = JSON.parse(text)
        offset = body.more ? (body.offset ?? null) : null
      }
    }
  }
  return answers
}
