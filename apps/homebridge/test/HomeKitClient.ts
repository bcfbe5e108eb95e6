import { EventEmitter } from "node:events"
import { HttpClient } from "hap-controller"
import { pin, username } from "./HomebridgeProcess.ts"

export interface SeenCharacteristic {
  /** "aid.iid" */
  readonly id: string
  readonly type: string
  readonly description: string
  readonly value: unknown
  readonly unit: string | undefined
  readonly format: string
  readonly min: number | undefined
  readonly max: number | undefined
  /** Whether it can be subscribed to. */
  readonly tells: boolean
}

export interface SeenService {
  readonly type: string
  readonly name: string
  readonly characteristics: ReadonlyArray<SeenCharacteristic>
}

export interface SeenAccessory {
  readonly aid: number
  readonly name: string
  readonly services: ReadonlyArray<SeenService>
}

/** Apple's numbers, as far as the tests ask for them. */
export const apple = {
  name: "23",
  configuredName: "E3",
  occupancySensor: "86",
  occupancyDetected: "71",
  battery: "96",
  batteryLevel: "68",
  statusLowBattery: "79",
  programmableSwitch: "89",
  programmableSwitchEvent: "73",
  contactSensor: "80",
  contactSensorState: "6A",
  temperatureSensor: "8A",
  currentTemperature: "11",
  carbonDioxideSensor: "97",
  carbonDioxideDetected: "92",
  carbonDioxideLevel: "93",
  humiditySensor: "82",
  currentRelativeHumidity: "10",
  lightSensor: "84",
  currentAmbientLightLevel: "6B",
  statusActive: "75",
  statusFault: "77",
} as const

const appleUuid = /^0*([0-9A-F]+)-0000-1000-8000-0026BB765291$/i
const short = (type: string) => (appleUuid.exec(type)?.[1] ?? type).toUpperCase()

const nameIn = (characteristics: ReadonlyArray<SeenCharacteristic>): string =>
  String(characteristics.find((one) => one.type === apple.name)?.value ?? "")

/** An Apple Home of our own: a real HAP controller that pairs, reads, writes and is told events. */
export class HomeKitClient {
  readonly #client: HttpClient
  readonly #events = new EventEmitter()
  readonly seen: Array<{ readonly id: string; readonly value: unknown; readonly at: number }> = []
  readonly pairing: NonNullable<ReturnType<HttpClient["getLongTermData"]>>

  private constructor(client: HttpClient, pairing: HomeKitClient["pairing"]) {
    this.#client = client
    this.pairing = pairing
    this.#events.setMaxListeners(0)
    client.on("event", (event: { characteristics: Array<{ aid: number; iid: number; value: unknown }> }) => {
      const at = performance.now()
      for (const { aid, iid, value } of event.characteristics) {
        this.seen.push({ id: `${aid}.${iid}`, value, at })
        this.#events.emit("event")
      }
    })
  }

  static async pair(port: number): Promise<HomeKitClient> {
    const client = new HttpClient(username, "127.0.0.1", port)
    await client.pairSetup(pin)
    const pairing = client.getLongTermData()
    if (pairing === null) throw new Error("not paired")
    await client.close()
    return HomeKitClient.connect(port, pairing)
  }

  static connect(port: number, pairing: HomeKitClient["pairing"]): HomeKitClient {
    const client = new HttpClient(username, "127.0.0.1", port, pairing, { usePersistentConnections: true })
    return new HomeKitClient(client, pairing)
  }

  async accessories(): Promise<ReadonlyArray<SeenAccessory>> {
    const { accessories } = await this.#client.getAccessories()
    return accessories.map((accessory) => {
      const aid = Number(accessory.aid)
      const services = accessory.services.map((service) => ({
        type: short(String(service.type)),
        characteristics: service.characteristics.map((characteristic) => ({
          id: `${aid}.${Number(characteristic.iid)}`,
          type: short(String(characteristic.type)),
          description: String(characteristic.description ?? ""),
          value: characteristic.value,
          unit: characteristic.unit,
          format: String(characteristic.format),
          min: characteristic.minValue,
          max: characteristic.maxValue,
          tells: characteristic.perms?.includes("ev") ?? false,
        })),
      }))
      const named = services.map((service) => ({ ...service, name: nameIn(service.characteristics) }))
      return { aid, name: named.find(({ name }) => name !== "")?.name ?? "", services: named }
    })
  }

  /** Polls until the accessories are as wanted. */
  async accessoriesWhen(
    wanted: (accessories: ReadonlyArray<SeenAccessory>) => boolean,
    timeout = 60_000,
  ): Promise<ReadonlyArray<SeenAccessory>> {
    const end = Date.now() + timeout
    for (;;) {
      const accessories = await this.accessories()
      if (wanted(accessories)) return accessories
      if (Date.now() > end)
        throw new Error(`Home shows only: ${accessories.map((one) => one.name).join(", ")}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  /** The value, or "no response" when the read fails. */
  async read(id: string): Promise<unknown> {
    const { characteristics } = await this.#client.getCharacteristics([id])
    const [found] = characteristics
    if (found === undefined || (found["status"] !== undefined && found["status"] !== 0)) return "no response"
    return found["value"]
  }

  async readUntil(id: string, wanted: unknown, timeout = 60_000): Promise<void> {
    const end = Date.now() + timeout
    for (;;) {
      const value = await this.read(id)
      if (Object.is(value, wanted)) return
      if (Date.now() > end) throw new Error(`${id} is ${String(value)}, not ${String(wanted)}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  async write(id: string, value: unknown): Promise<void> {
    await this.#client.setCharacteristics({ [id]: value })
  }

  async subscribe(ids: ReadonlyArray<string>): Promise<void> {
    await this.#client.subscribeCharacteristics([...ids])
  }

  onEvent(hear: (event: HomeKitClient["seen"][number]) => void): void {
    this.#events.on("event", () => {
      const last = this.seen.at(-1)
      if (last !== undefined) hear(last)
    })
  }

  /** The next event of a characteristic after `since` events were seen; `value` undefined for any. */
  async event(
    id: string,
    value?: unknown,
    since = 0,
    timeout = 60_000,
  ): Promise<{ value: unknown; at: number }> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const found = this.seen
          .slice(since)
          .find((event) => event.id === id && (value === undefined || Object.is(event.value, value)))
        if (found !== undefined) done(() => resolve(found))
      }
      const timer = setTimeout(
        () =>
          done(() => reject(new Error(`No event ${id} ${String(value)} in ${JSON.stringify(this.seen)}`))),
        timeout,
      )
      const done = (settle: () => void) => {
        clearTimeout(timer)
        this.#events.off("event", check)
        settle()
      }
      this.#events.on("event", check)
      check()
    })
  }

  async close(): Promise<void> {
    await this.#client.close()
  }
}

/** A characteristic by its type, in a service by its type, of an accessory or else a service by its name. */
export const find = (
  accessories: ReadonlyArray<SeenAccessory>,
  name: RegExp,
  serviceType: string,
  characteristicType: string,
): SeenCharacteristic => {
  const found = accessories
    .flatMap((accessory) =>
      accessory.services.filter((service) => name.test(accessory.name) || name.test(service.name)),
    )
    .filter((service) => service.type === serviceType)
    .flatMap((service) => service.characteristics)
    .find((characteristic) => characteristic.type === characteristicType)
  if (found === undefined) throw new Error(`${name} has no ${serviceType}.${characteristicType} in Home`)
  return found
}
