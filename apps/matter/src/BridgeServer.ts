import { type Environment, ServerNode, VendorId } from "@matter/main"
import { AggregatorEndpoint } from "@matter/main/endpoints/aggregator"
import { BasicInformationServer } from "@matter/main/behaviors/basic-information"
import { KeptSubscriptions } from "./KeptSubscriptions.ts"
import { release, softwareVersionOf } from "./release.ts"

export interface NodeIdentity {
  readonly port: number
  readonly vendorId: number
  readonly productId: number
  readonly name: string
}

export const nodeId = "withings-bridge"

/**
 * Never sends the optional event ShutDown. python-matter-server, Home Assistant's until 2026, marks a node that sends it
 * as unavailable until its subscription fails. This bridge renews the subscription within two seconds, so it never fails
 * and the node would stay unavailable (seen with the CHIP SDK 2025.7). matter.js has no switch for the event.
 */
class BridgeInformation extends BasicInformationServer {
  override initialize() {
    super.initialize()
    Object.defineProperty(this.events, "shutDown", { value: undefined })
  }
}

/**
 * matter.js' node, but for one thing: it does not erase itself while it runs. After an erase, matter.js 0.17.9 goes on
 * collecting events where no subscription looks for them, so that no button and no OccupancyChanged reaches a
 * controller until the next start. Whoever owns the node is told instead, and replaces it by a new one.
 */
export class BridgeServer extends ServerNode {
  /** Told when all is to be forgotten: matter.js asks for that when the last controller has left. */
  onErase: () => void = () => {}

  static async make(identity: NodeIdentity, environment: Environment): Promise<BridgeServer> {
    const server = new BridgeServer(ServerNode.RootEndpoint.with(BridgeInformation, KeptSubscriptions), {
      id: nodeId,
      environment,
      network: { port: identity.port },
      productDescription: { name: identity.name, deviceType: AggregatorEndpoint.deviceType },
      basicInformation: {
        vendorId: VendorId(identity.vendorId),
        vendorName: "withings-bridge",
        productId: identity.productId,
        productName: identity.name,
        productLabel: "Measures at home",
        nodeLabel: identity.name,
        hardwareVersion: 1,
        hardwareVersionString: "1",
        softwareVersion: softwareVersionOf(release),
        softwareVersionString: release,
      },
    })
    await server.construction
    // matter.js loads it only when a node starts already commissioned: without this line the subscriptions of the
    // process that was commissioned are not kept, and its first restart takes controllers 105 s to notice.
    await server.act((agent) => agent.load(KeptSubscriptions))
    return server
  }

  override erase(): Promise<void> {
    this.onErase()
    return Promise.resolve()
  }

  /** Takes the node offline, forgets every controller, subscription and code, and ends it. */
  async eraseAndClose(): Promise<void> {
    await this.stop()
    await super.erase()
    await this.close()
  }
}
