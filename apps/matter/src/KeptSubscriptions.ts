import { Logger } from "@matter/main"
import { SubscriptionsServer } from "@matter/main/node"
import { PeerAddress, SessionManager } from "@matter/main/protocol"

const logger = Logger.get("KeptSubscriptions")

/** Milliseconds between attempts to reach a controller. After the last, it has long given up by itself. */
const pauses = [3_000, 5_000, 10_000, 20_000, 40_000]

/**
 * What controllers subscribed to, renewed after a restart. matter.js 0.17.9 loses it in two cases, and then a controller
 * hears nothing until it gives up, after 105 s:
 *
 * - The list on disk is emptied when a process begins, and filled again as subscriptions are renewed. A process that is
 *   killed in between leaves nothing to the next one. Here an entry stays until it is renewed or given up.
 * - A controller gets two seconds to answer, too few on a busy machine. Here it is tried again.
 */
export class KeptSubscriptions extends SubscriptionsServer {
  // matter.js looks for it on the class itself; without it nothing is kept on disk.
  static override readonly schema = SubscriptionsServer.schema

  override initialize() {
    super.initialize()
    // A renewed subscription keeps its id and takes its own place in the list.
    this.state.subscriptions = [...this.internal.formerSubscriptions]
  }

  override async reestablishFormerSubscriptions() {
    await this.#renew(0)
  }

  async #renew(attempt: number) {
    // The newest first: when a controller has forgotten one, matter.js tries no other of it.
    this.internal.formerSubscriptions = this.#lost.toReversed()
    try {
      await super.reestablishFormerSubscriptions()
    } catch (cause) {
      logger.info("Controllers could not be reached:", cause)
    }
    const pause = pauses[attempt]
    if (this.#lost.length === 0 || pause === undefined) return this.#forgetOthers()
    const again = this.callback(this.#renew)
    setTimeout(() => again(attempt + 1), pause).unref()
  }

  /** What no session serves, of controllers that have not subscribed anew by themselves. */
  get #lost() {
    const served = this.#sessions.map(({ peerAddress }) => peerAddress)
    return this.state.subscriptions.filter(
      ({ peerAddress }) => !served.some((address) => PeerAddress.is(address, peerAddress)),
    )
  }

  /** Forgets what was replaced by a new subscription, and what was given up. */
  async #forgetOthers() {
    await this.context.transaction.addResources(this)
    await this.context.transaction.begin()
    const live = new Set(
      this.#sessions.flatMap(({ subscriptions }) =>
        [...subscriptions].map(({ subscriptionId }) => subscriptionId),
      ),
    )
    this.state.subscriptions = this.state.subscriptions.filter(({ subscriptionId }) =>
      live.has(subscriptionId),
    )
    await this.context.transaction.commit()
  }

  get #sessions() {
    return this.env.get(SessionManager).sessions.filter(({ subscriptions }) => subscriptions.size > 0)
  }
}
