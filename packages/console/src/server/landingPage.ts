import { HttpServerResponse } from "@effect/platform"

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")

/** Where Withings sends the browser after consent. Its address holds the code: nothing on it may load or link. */
export const landingPage = (title: string, sentence: string) =>
  HttpServerResponse.html(`<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Withings Bridge</title>
<body style="font:18px/1.5 system-ui;max-width:32rem;margin:16vh auto;padding:0 1rem">
<h1 style="font-size:1.5rem">${escaped(title)}</h1><p>${escaped(sentence)}</p>`)
