/** The used part of the package `qrcode`, which has no types. */
declare module "qrcode" {
  interface BitMatrix {
    readonly size: number
    readonly get: (row: number, column: number) => number
  }
  const QRCode: {
    readonly create: (
      text: string,
      options: { readonly errorCorrectionLevel: "L" | "M" | "Q" | "H" },
    ) => { readonly modules: BitMatrix }
  }
  export default QRCode
}
