import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { startSimulator, type Simulator } from "@withings-bridge/simulator"

interface Answer {
  readonly status: number
  readonly ok?: boolean
  readonly error?: string
  readonly result?: { readonly grpid?: number; readonly deviceid?: string }
}

interface Described {
  readonly name: string
  readonly example: Readonly<Record<string, unknown>>
}

describe("the admin port", () => {
  let simulator: Simulator

  beforeAll(async () => {
    simulator = await startSimulator({ years: 1 })
  })
  afterAll(() => simulator.close())

  const get = async (path: string) => (await fetch(`${simulator.adminUrl}${path}`)).text()
  const operations = async (): Promise<ReadonlyArray<Described>> => JSON.parse(await get("/admin/operations"))
  const post = async (name: string, fields: unknown, type = "application/json") => {
    const response = await fetch(`${simulator.adminUrl}/admin/${name}`, {
      method: "POST",
      body: typeof fields === "string" ? fields : JSON.stringify(fields),
      headers: { "content-type": type },
    })
    const answer: Omit<Answer, "status"> = JSON.parse(await response.text())
    return { status: response.status, ...answer }
  }

  it("lists the household and the operations", async () => {
    const household: Pick<Simulator, "persons"> = JSON.parse(await get("/admin/household"))
    expect(household.persons.map(({ name }) => name)).toEqual(["Ann", "Ben"])
    expect(household.persons[0]).toHaveProperty("counts", simulator.counts("Ann"))
    expect((await operations()).length).toBeGreaterThan(30)
    expect(await (await fetch(simulator.adminUrl)).text()).toContain("Measure blood pressure")
  })

  it("runs every operation with its own example", async () => {
    const weighed = await post("weigh", { person: "Ann", kilograms: 72.4 })
    const added = await post("addDevice", { person: "Ann", product: "sleepMat" })
    let real = { grpid: weighed.result?.grpid, deviceid: added.result?.deviceid }
    const removes = ({ name }: Described) => name === "deleteMeasure" || name === "unlinkDevice"
    const all = await operations()
    for (const { name, example } of [...all.filter((one) => !removes(one)), ...all.filter(removes)]) {
      const known = Object.entries(real).filter(([field]) => field in example)
      const answer = await post(name, { ...example, ...Object.fromEntries(known) })
      expect({ name, ...answer }).toMatchObject({ name, status: 200, ok: true })
      if (name === "replaceDevice") real = { ...real, deviceid: answer.result?.deviceid }
    }
  })

  it("refuses a weight that no scale shows", async () => {
    for (const kilograms of [9999, 0])
      expect(await post("weigh", { person: "Ann", kilograms })).toMatchObject({
        status: 400,
        error: expect.stringContaining(`No scale shows ${kilograms} kg`),
      })
  })

  it("says what is wrong with a request", async () => {
    expect(await post("weigh", { person: "Zoe", kilograms: 70 })).toMatchObject({
      status: 400,
      error: expect.stringContaining("Known: Ann, Ben"),
    })
    expect(await post("weigh", { person: "Ann" })).toMatchObject({
      status: 400,
      error: 'The field "kilograms" has to be a number.',
    })
    expect(await post("weigh", "not JSON")).toMatchObject({
      status: 400,
      error: "The body has to be a JSON object.",
    })
    expect(await post("levitate", {})).toMatchObject({ status: 404 })
    expect(await post("failNext", { action: "*", failure: "smoke" })).toMatchObject({ status: 400 })
    expect((await fetch(`${simulator.adminUrl}/nowhere`)).status).toBe(404)
  })

  it("does nothing for a form of a foreign page", async () => {
    expect(await post("weigh", '{"person":"Ann","kilograms":70}', "text/plain")).toMatchObject({
      status: 415,
    })
  })

  it("reports a taken port in one sentence", async () => {
    const port = Number(new URL(simulator.url).port)
    await expect(startSimulator({ port })).rejects.toThrow(`port ${port} of 127.0.0.1 is taken`)
    await expect(startSimulator({ adminPort: port })).rejects.toThrow(/admin page cannot listen/)
    await expect(startSimulator({ recorded: "/nowhere" })).rejects.toThrow(/No recorded answers in/)
  })
})
