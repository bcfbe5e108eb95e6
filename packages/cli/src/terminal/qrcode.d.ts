/** The used part of the package `qrcode`, which has no types. */
declare module "qrcode" {
  const QRCode: {
    /** Calls `done` before it returns. */
    readonly toString: (
      text: string,
      options: { readonly type: "utf8"; readonly margin: number; readonly errorCorrectionLevel: "M" },
      done: (error: unknown, drawn: string) => void,
    ) => void
  }
  export default QRCode
}
