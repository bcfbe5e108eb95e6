import { render } from "preact"
import { App } from "./App.tsx"
import { listen } from "./state/bridge.ts"
import { firstLanguage, speak } from "./text/language.ts"
import "./style.css"

listen()
const root = document.getElementById("app")
const start = () => root && render(<App />, root)
// In English where the chosen language cannot be loaded, rather than not at all.
void speak(firstLanguage()).then(start, start)
