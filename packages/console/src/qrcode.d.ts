declare module "qrcode" {
  export function toString(
    text: string,
    options: { type: "svg" | "utf8"; margin?: number; small?: boolean },
  ): Promise<string>
}
