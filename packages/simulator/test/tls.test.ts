import { X509Certificate } from "node:crypto"
import { get } from "node:https"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { startSimulator, type Simulator } from "@withings-bridge/simulator"

describe("with TLS", () => {
  let simulator: Simulator
  beforeAll(async () => {
    simulator = await startSimulator({ tls: true, years: 0.1 })
  })
  afterAll(() => simulator.close())

  const authority = () => simulator.certificateAuthority ?? ""
  const statusAs = (servername: string, ca: string | undefined) =>
    new Promise<number | undefined>((resolve, reject) => {
      const asked = get(`${simulator.url}/measure`, { servername, ...(ca === undefined ? {} : { ca }) })
      asked.once("response", (response) => resolve(response.resume().statusCode)).once("error", reject)
    })

  it.each(["wbsapi.withings.net", "account.withings.com", "localhost"])(
    "is %s to a client that trusts its authority",
    async (name) => expect(await statusAs(name, authority())).toBe(200),
  )

  it("is trusted only with its authority, and only for its host names", async () => {
    await expect(statusAs("wbsapi.withings.net", undefined)).rejects.toThrow(/certificate/)
    await expect(statusAs("example.org", authority())).rejects.toThrow(/altnames/)
  })

  it("makes an authority that may only sign certificates, and has its name signed by itself", () => {
    const certificate = new X509Certificate(authority())
    expect(certificate.ca).toBe(true)
    expect(certificate.verify(certificate.publicKey)).toBe(true)
    expect(certificate.subject).toBe("CN=Withings simulator")
  })

  it("has none without", async () => {
    const plain = await startSimulator({ years: 0.1 })
    expect(plain.certificateAuthority).toBeNull()
    await plain.close()
  })
})
