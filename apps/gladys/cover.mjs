// Draws cover.png: what Gladys' catalogue shows, 800 × 534, at most 150 KB. Run: node cover.mjs
import { writeFileSync } from "node:fs"
import { crc32, deflateSync } from "node:zlib"

const [width, height] = [800, 534]

const mix = (one, other, share) => one.map((value, index) => value + (other[index] - value) * share)
const clamp = (value) => Math.min(1, Math.max(0, value))
/** How much of a pixel lies inside of a shape, from its distance to the edge. */
const covered = (distance) => clamp(0.5 - distance)

const roundedBox = (x, y, [cx, cy], [halfWidth, halfHeight], radius) => {
  const dx = Math.abs(x - cx) - halfWidth + radius
  const dy = Math.abs(y - cy) - halfHeight + radius
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius
}

const segment = (x, y, [ax, ay], [bx, by]) => {
  const share = clamp(((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2))
  return Math.hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay))
}

const line = (x, y, points, thickness) =>
  Math.min(...points.slice(1).map((point, index) => segment(x, y, points[index], point))) - thickness

const pulse = [
  [150, 300],
  [270, 300],
  [296, 262],
  [326, 352],
  [366, 186],
  [404, 332],
  [428, 300],
  [470, 300],
]
const curve = Array.from({ length: 40 }, (_, index) => [
  500 + index * 4.2,
  318 - 36 * Math.sin(index / 7) - index * 0.9,
])

const white = [255, 255, 255]
const ink = [8, 66, 72]

const colorAt = (x, y) => {
  const ground = mix([6, 92, 96], [76, 178, 170], (x / width + y / height) / 2)
  const shadow = covered(roundedBox(x, y, [400, 286], [300, 176], 56) / 14)
  const plate = covered(roundedBox(x, y, [400, 267], [300, 176], 56))
  const heart = covered(line(x, y, pulse, 6))
  const trend = covered(line(x, y, curve, 6))
  const dot = covered(Math.hypot(x - curve[39][0], y - curve[39][1]) - 13)
  const shaded = mix(ground, ink, shadow * 0.35)
  return mix(mix(mix(mix(shaded, white, plate), ink, heart), [46, 150, 142], trend), [230, 110, 70], dot)
}

const rows = Buffer.alloc(height * (width * 3 + 1))
for (let y = 0; y < height; y++) {
  for (let x = 0; x < width; x++) {
    colorAt(x, y).forEach((value, channel) => {
      rows[y * (width * 3 + 1) + 1 + x * 3 + channel] = Math.round(value)
    })
  }
}

const chunk = (type, data) => {
  const body = Buffer.concat([Buffer.from(type), data])
  const frame = Buffer.alloc(body.length + 8)
  frame.writeUInt32BE(data.length)
  body.copy(frame, 4)
  frame.writeUInt32BE(crc32(body), body.length + 4)
  return frame
}

const header = Buffer.alloc(13)
header.writeUInt32BE(width)
header.writeUInt32BE(height, 4)
header.set([8, 2, 0, 0, 0], 8)

writeFileSync(
  new URL("cover.png", import.meta.url),
  Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]),
)
