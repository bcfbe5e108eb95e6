import { render } from "preact"
import { App } from "./App.tsx"
import { listen } from "./state/bridge.ts"
import { speakFirst } from "./text/language.ts"
import "./style.css"

listen()
speakFirst()
const root = document.getElementById("app")
if (root) render(<App />, root)
