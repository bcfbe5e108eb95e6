import { createHmac } from "node:crypto"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { startSimulator, type Simulator } from "@withings-bridge/simulator"
import {
  authorize,
  call,
  openApiDocument,
  redirectUri,
  send,
  signIn,
  startListener,
  testClock,
  type Envelope,
  type Fields,
} from "./client.ts"
import { deviations, notPlayed } from "./deviations.ts"
import { differences, excludedBy, readOpenApi, type Documented, type Parameter } from "./openApi.ts"

const folders = new Set([
  "oauth2",
  "measure",
  "measurev2",
  "sleepv2",
  "heartv2",
  "userv2",
  "notify",
  "signaturev2",
  "stethov2",
])

const folderOf = (operationId: string): string => operationId.split("-")[0] ?? ""

/** The action's name in the document's sentence "Must take the string value `x`". */
const actionOf = ({ parameters, operationId }: Documented): string => {
  const text = parameters.find(({ name }) => name === "action")?.description ?? ""
  return /value\s+`*(\w+)`*/.exec(text.replace(/<[^>]+>/g, ""))?.[1] ?? operationId.split("-")[1] ?? ""
}

const labelOf = ({ operationId, parameters }: Documented): string => {
  const names = new Set(parameters.map(({ name }) => name))
  const way = ["client_secret", "code", "refresh_token"].filter((name) => names.has(name))
  return operationId === "oauth2-getaccesstoken" ? `${operationId} with ${way.join(", ")}` : operationId
}

const needsToken = ({ parameters }: Documented): boolean =>
  parameters.some(({ name }) => name === "Authorization")

describe.skipIf(openApiDocument === null)("conformance to Withings' OpenAPI document", () => {
  const { operations, resolve, familyOf } = openApiDocument
    ? readOpenApi(openApiDocument)
    : { operations: [], resolve: () => ({}), familyOf: () => "" }
  const inFolders = operations.filter(({ operationId }) => folders.has(folderOf(operationId)))
  const played = inFolders.filter(
    ({ operationId }) => !(operationId in notPlayed) && operationId !== "oauth2-authorize",
  )

  const clock = testClock()
  let simulator: Simulator
  let listener: Awaited<ReturnType<typeof startListener>>
  let token: string
  let userid: number

  beforeAll(async () => {
    simulator = await startSimulator({ now: clock.now, persons: 4, requestsPerMinute: 1_000_000 })
    listener = await startListener()
    const signedIn = await signIn(simulator, "Chloe")
    token = signedIn.access_token
    userid = signedIn.userid
  })
  afterAll(async () => {
    await simulator.close()
    await listener.close()
  })

  const sign = (...values: ReadonlyArray<string>) =>
    createHmac("sha256", simulator.clientSecret).update(values.join(",")).digest("hex")

  const now = () => Math.floor(clock.at / 1000)

  const freshNonce = async (): Promise<string> => {
    const timestamp = now()
    const fields = { client_id: simulator.clientId, timestamp }
    const signature = sign("getnonce", simulator.clientId, String(timestamp))
    return (await call(simulator, "/v2/signature", { action: "getnonce", ...fields, signature })).body.nonce
  }

  const dataFields = (parameter: Parameter): string =>
    [...(parameter.description ?? "").replace(/<[^>]+>/g, "\n").matchAll(/(\w+)\s*\n*\s*(?:>|&gt;)/g)]
      .map(([, name]) => name)
      .join(",")

  /** A value that the document allows for a parameter. */
  const valueOf = async (documented: Documented, parameter: Parameter): Promise<string | number> => {
    const { operationId } = documented
    const aDay = 86_400
    const values: Record<string, () => Promise<string | number> | string | number> = {
      action: () => actionOf(documented),
      appli: () => 1,
      callbackurl: () => listener.url,
      category: () => 1,
      client_id: () => simulator.clientId,
      client_secret: () => simulator.clientSecret,
      code: async () => (await authorize(simulator, { person: "Chloe" })).searchParams.get("code") ?? "",
      comment: () => "a comment",
      data_fields: () => dataFields(parameter),
      enddate: () => now(),
      enddateymd: () => "2100-01-01",
      grant_type: () =>
        documented.parameters.some(({ name }) => name === "code") ? "authorization_code" : "refresh_token",
      lastupdate: () => 0,
      meastype: () => 1,
      meastypes: () => "1,4,9,10,11",
      new_appli: () => 4,
      new_callbackurl: () => `${listener.url}&new=1`,
      nonce: () => freshNonce(),
      offset: () => 0,
      redirect_uri: () => redirectUri,
      refresh_token: async () => (await signIn(simulator, "Ben")).refresh_token,
      scope_oauth2: () => "user.info,user.metrics",
      // Computed from the others later.
      signature: () => "",
      signalid: async () =>
        operationId === "stethov2-get"
          ? ((await call(simulator, "/v2/stetho", { action: "list" }, token)).body.series[0]?.signalid ?? 0)
          : ((await call(simulator, "/v2/heart", { action: "list" }, token)).body.series[0]?.ecg?.signalid ??
            0),
      startdate: () => (operationId === "measure-getmeas" ? 0 : now() - 3 * aDay),
      startdateymd: () => "2000-01-01",
      timestamp: () => now(),
      userid: () => userid,
      with_filtered: () => "true",
      with_intervals: () => "true",
    }
    const value = values[parameter.name]
    if (!value)
      throw new Error(`The document has a parameter that this test does not know: ${parameter.name}`)
    return value()
  }

  /** Sets of parameters that may be used together. */
  const waysOf = ({ operationId, parameters }: Documented): ReadonlyArray<ReadonlyArray<Parameter>> => {
    const sent = parameters.filter(({ name }) => name !== "Authorization")
    const withToken = sent.filter((parameter) => !excludedBy(parameter).includes("access_token"))
    const hasToken = parameters.some(({ name }) => name === "Authorization")
    const candidates = hasToken ? withToken : sent
    const alternatives = candidates.filter((parameter) =>
      excludedBy(parameter).some((name) => candidates.some((one) => one.name === name)),
    )
    if (operationId === "sleepv2-get")
      return [candidates.filter(({ name }) => name !== "meastypes"), candidates]
    if (alternatives.length === 0) return [candidates]
    return alternatives.map((chosen) =>
      candidates.filter((one) => one === chosen || !excludedBy(chosen).includes(one.name)),
    )
  }

  const fieldsOf = async (documented: Documented, way: ReadonlyArray<Parameter>): Promise<Fields> => {
    const fields: Record<string, string | number> = {}
    for (const parameter of way) fields[parameter.name] = await valueOf(documented, parameter)
    const timestamp = String(fields["timestamp"] ?? "")
    const { nonce } = fields
    if ("signature" in fields) {
      fields["signature"] =
        nonce === undefined
          ? sign("getnonce", simulator.clientId, timestamp)
          : sign(actionOf(documented), simulator.clientId, String(nonce))
    }
    return fields
  }

  /** Prepares the state that a call needs to succeed. */
  const prepare = async ({ operationId }: Documented): Promise<void> => {
    token = (await signIn(simulator, "Chloe")).access_token
    if (!operationId.startsWith("notify-") || operationId === "notify-subscribe") return
    await call(simulator, "/notify", { action: "subscribe", callbackurl: listener.url, appli: 1 }, token)
  }

  const request = (documented: Documented, fields: Fields) =>
    send(simulator, documented.path, fields, needsToken(documented) ? token : undefined)

  it("plays every action of its folders but those for partners", () => {
    const ids = inFolders.map(({ operationId }) => operationId)
    for (const operationId of Object.keys(notPlayed)) expect(ids).toContain(operationId)
    expect(new Set(played.map(({ operationId }) => operationId)).size).toBe(21)
  })

  it.each(played.map((documented) => [labelOf(documented), documented] as const))(
    "%s takes its parameters and answers by its schema",
    async (_, documented) => {
      const { answer } = documented
      if (!answer) throw new Error(`The document has no answer for ${documented.operationId}.`)
      const found = new Set<string>()
      const compare = ({ status, body }: Envelope<unknown>): void =>
        differences(answer, resolve, { status, body }).forEach((one) => found.add(one.replace(/^\./, "")))
      for (const way of waysOf(documented)) {
        const required = way.filter((parameter) => parameter.required)
        for (const parameters of [required, way]) {
          await prepare(documented)
          const envelope = await request(documented, await fieldsOf(documented, parameters))
          expect({ sent: parameters.map(({ name }) => name), ...envelope }).toMatchObject({ status: 0 })
          compare(envelope)
        }
        if (needsToken(documented)) {
          // Ben has no watch.
          const ben = (await signIn(simulator, "Ben")).access_token
          compare(await send(simulator, documented.path, await fieldsOf(documented, way), ben))
        }
      }
      const explained = Object.keys(deviations[documented.operationId] ?? {})
      expect([...found].toSorted()).toEqual(explained.toSorted())
    },
  )

  it.each(played.map((documented) => [labelOf(documented), documented] as const))(
    "%s answers the documented family to what is ill-typed, missing or unknown",
    async (_, documented) => {
      const [way = []] = waysOf(documented)
      await prepare(documented)
      const integers = way.filter(
        ({ schema }) => schema.type === "integer" || schema.type === "list of integers",
      )
      for (const { name } of integers) {
        const answer = await request(documented, {
          ...(await fieldsOf(documented, way)),
          [name]: "no number",
        })
        expect({ name, family: familyOf(answer.status) }).toEqual({ name, family: "Invalid params" })
      }
      for (const { name } of way.filter(({ required }) => required)) {
        const { [name]: _left, ...rest } = await fieldsOf(documented, way)
        const expected = name === "action" ? "Not implemented" : "Invalid params"
        const answer = await request(documented, rest)
        expect({ name, family: familyOf(answer.status) }).toEqual({ name, family: expected })
      }
      const unknown = await request(documented, {
        ...(await fieldsOf(documented, way)),
        action: "nosuchaction",
      })
      expect(familyOf(unknown.status)).toBe("Not implemented")
      // Clients may send parameters of newer versions: unknown ones are ignored.
      await prepare(documented)
      const more = await request(documented, { ...(await fieldsOf(documented, way)), nosuchparameter: "1" })
      expect(more.status).toBe(0)
    },
  )

  it.each(played.filter(needsToken).map((documented) => [labelOf(documented), documented] as const))(
    "%s refuses a token that it does not know",
    async (_, documented) => {
      const [way = []] = waysOf(documented)
      const anonymous = await send(simulator, documented.path, await fieldsOf(documented, way), "no token")
      expect(familyOf(anonymous.status)).toBe("Authentication failed")
    },
  )

  it("authorizes with every parameter of the document", async () => {
    const documented = inFolders.find(({ operationId }) => operationId === "oauth2-authorize")
    const names = documented?.parameters.map(({ name }) => name) ?? []
    expect(names.toSorted()).toEqual(["client_id", "mode", "redirect_uri", "response_type", "scope", "state"])
    const location = await authorize(simulator, { mode: "demo" })
    expect([...location.searchParams.keys()].toSorted()).toEqual(["code", "state"])
  })
})
