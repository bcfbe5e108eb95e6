import {
  type ClientNode,
  ControllerBehavior,
  type Endpoint,
  type Environment,
  Matter,
  Seconds,
  ServerNode,
} from "@matter/main"

/** A Matter controller of matter.js, as Home Assistant and Gladys are: commissions a bridge and sees what it shows. */
export class Controller {
  readonly node: ServerNode
  peer: ClientNode | undefined

  private constructor(node: ServerNode) {
    this.node = node
  }

  static async start(id: string, environment: Environment, matter = Matter): Promise<Controller> {
    const node = await ServerNode.create(ServerNode.RootEndpoint.with(ControllerBehavior), {
      id,
      environment,
      network: { port: 0 },
      commissioning: { enabled: false },
      controller: { adminFabricLabel: id, matter },
    })
    await node.start()
    return new Controller(node)
  }

  async commission(manualPairingCode: string, withinSeconds = 60): Promise<ClientNode> {
    const timeout = Seconds(withinSeconds)
    this.peer = await this.node.peers.commission({ pairingCode: manualPairingCode, timeout })
    return this.peer
  }

  /** Every endpoint that is seen below the aggregator, by number. */
  get bridged(): ReadonlyMap<number, Endpoint> {
    const found = new Map<number, Endpoint>()
    const visit = (endpoint: Endpoint) => {
      if (endpoint.number > 1) found.set(endpoint.number, endpoint)
      for (const part of endpoint.parts) visit(part)
    }
    if (this.peer !== undefined) visit(this.peer)
    return found
  }

  close() {
    return this.node.close()
  }
}

/** Asks until it is so; says what was waited for when it never is. */
export const eventually = async <A>(
  what: string,
  ask: () => A | undefined | false | Promise<A | undefined | false>,
  within = 90_000,
): Promise<A> => {
  const end = Date.now() + within
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    if (Date.now() > end) throw new Error(`Waited ${within / 1000} s in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
