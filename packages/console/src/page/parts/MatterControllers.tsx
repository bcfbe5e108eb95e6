import type { MatterBridge, MatterController } from "../../ConsoleState.ts"
import { post } from "../state/bridge.ts"
import { t } from "../text/language.ts"
import { Action } from "./Action.tsx"
import { PairingCode } from "./PairingCode.tsx"
import { TimeLeft } from "./TimeLeft.tsx"

const Controller = ({ index, label, vendor }: MatterController) => {
  const name = label || vendor
  return (
    <li class="controller">
      <span>
        <strong>{name}</strong> {label !== "" && <span class="quiet">{vendor}</span>}
      </span>
      <Action
        act={async () => {
          if (confirm(t("removeSure", { controller: name }))) await post("matter/remove", { index })
        }}
      >
        {t("remove")}
        <span class="unseen"> {name}</span>
      </Action>
    </li>
  )
}

/** Who controls the Matter bridge, and a way in for one more. */
export const MatterControllers = ({ matter }: { matter: MatterBridge | null }) => {
  if (matter === null) return <p class="quiet">{t("matterNotRunning")}</p>
  const { code, controllers, qrSvg, windowUntil } = matter
  return (
    <>
      {controllers.length > 0 && (
        <>
          <h3>{t("controllers")}</h3>
          <ul class="persons">
            {controllers.map((controller) => (
              <Controller key={controller.index} {...controller} />
            ))}
          </ul>
        </>
      )}
      <div role="status">
        {windowUntil !== null && (
          <>
            <p class="quiet">{t("matterHint")}</p>
            <PairingCode home={t("matter")} code={code} qrSvg={qrSvg} />
          </>
        )}
      </div>
      {windowUntil === null ? (
        <Action
          kind="primary"
          act={async () => {
            await post("matter/window", {})
          }}
        >
          {t(controllers.length === 0 ? "pairController" : "pairAnother")}
        </Action>
      ) : (
        <TimeLeft until={windowUntil} />
      )}
    </>
  )
}
