import { render } from "preact"
import { App } from "./App.tsx"
import { listen } from "./state/bridge.ts"
import { language, speak } from "./text/language.ts"
import "./style.css"

speak(language.get())
listen()
const root = document.getElementById("app")
if (root) render(<App />, root)
