/** A QR code as the path of an SVG picture, one unit per module, with the quiet zone of the norm. */
export interface QrCode {
  /** Width and height of the picture. */
  readonly size: number
  /** The `d` of a path that fills the dark modules. */
  readonly path: string
}

const QUIET = 4

export async function qrCode(text: string): Promise<QrCode> {
  const { create } = await import('qrcode')
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const runs: string[] = []
  for (let y = 0; y < modules.size; y++) {
    for (let x = 0; x < modules.size; x++) {
      if (modules.get(y, x)) runs.push(`M${x + QUIET} ${y + QUIET}h1v1h-1z`)
    }
  }
  return { size: modules.size + 2 * QUIET, path: runs.join('') }
}
