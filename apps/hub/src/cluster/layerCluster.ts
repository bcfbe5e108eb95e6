import {
  MessageStorage,
  RunnerAddress,
  RunnerHealth,
  Runners,
  ShardingConfig,
  SocketRunner,
  SqlRunnerStorage,
} from "@effect/cluster"
import { layerClientProtocol, layerSocketServer } from "@effect/platform-node/NodeClusterSocket"
import { RpcSerialization } from "@effect/rpc"
import { Layer, Option } from "effect"
import type { HubConfig } from "../HubConfig.ts"
import { metAnother } from "../store/hubTables.ts"

/** Fewer and longer than the defaults: with 300 shards and 12 seconds, runners under load lost their locks. */
const shards = {
  shardsPerGroup: 48,
  shardLockExpiration: "25 seconds",
  shardLockRefreshInterval: "8 seconds",
} as const

/**
 * Runners find each other through the database. No message is kept (see `Person`), so nothing grows or needs cleaning up.
 * The address comes from the configuration only: the ready-made layer reads HOST and PORT from the environment.
 */
export const layerCluster = ({ runner }: HubConfig) =>
  SocketRunner.layer.pipe(
    Layer.provide([layerSocketServer, layerClientProtocol]),
    Layer.provide(
      RunnerHealth.layerPing.pipe(Layer.provide(Runners.layerRpc), Layer.provide(layerClientProtocol)),
    ),
    Layer.provideMerge(MessageStorage.layerNoop),
    Layer.provide(
      Layer.orDie(Layer.retry(SqlRunnerStorage.layerWith({ prefix: "hub_cluster" }), metAnother)),
    ),
    Layer.provide(
      ShardingConfig.layer({
        ...shards,
        runnerAddress: Option.some(RunnerAddress.make(runner.host, runner.port)),
        entityTerminationTimeout: "10 seconds",
      }),
    ),
    Layer.provide(RpcSerialization.layerMsgPack),
  )
