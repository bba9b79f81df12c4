import { azimuth, AZIMUTHS, CELLS, DEGREES, DISTANCES, distanceOf, azimuthOf, LOG_STEP, logDistance, radians } from '../place/grid';
import { EDGE, SIZE } from '../vision/view';

/** A hazard stands on the ground and reaches so far above where it sounds from, metres. */
const ABOVE = 0.4;

/** A rectangle of the picture, in pixels of the model's view. */
export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The row of a point so high above the camera and so far along its axis. */
function row(rise: number, forward: number): number {
  return ((1 - rise / forward / EDGE) / 2) * SIZE;
}

/** The column of an azimuth, within ±89°. */
export function column(azimuthDegrees: number): number {
  return ((1 - Math.tan(radians(azimuthDegrees)) / EDGE) / 2) * SIZE;
}

/**
 * Where each cell lies in the picture, whatever stands before it: from the ground up to a little above
 * the sound's height. Null for cells outside the view.
 */
export function cellBoxes(cameraHeight: number, rise: number): Array<Box | null> {
  return Array.from({ length: CELLS }, (_, cell) => {
    const middle = azimuth(azimuthOf(cell));
    if (Math.abs(middle) > 45) {
      return null;
    }
    const log = logDistance(distanceOf(cell));
    const ahead = Math.cos(radians(middle));
    const near = Math.exp(log - LOG_STEP / 2) * ahead;
    const far = Math.exp(log + LOG_STEP / 2) * ahead;
    const top = Math.max(rise, -cameraHeight) + ABOVE;
    return {
      left: column(middle + DEGREES / 2),
      right: column(middle - DEGREES / 2),
      top: Math.min(row(top, near), row(top, far)),
      bottom: row(-cameraHeight, near),
    };
  });
}

/** How probable it is that the hazard is seen in each pixel's direction, `[224, 224]`, largest 1. */
export function pictureHeat(p: Float64Array, boxes: ReadonlyArray<Box | null>): Float32Array {
  const heat = new Float32Array(SIZE * SIZE);
  boxes.forEach((box, cell) => {
    if (!box || p[cell]! < 1e-6) {
      return;
    }
    const [x0, x1] = span(box.left, box.right);
    const [y0, y1] = span(box.top, box.bottom);
    const density = p[cell]! / ((x1 - x0) * (y1 - y0));
    for (let y = Math.max(0, y0); y < Math.min(SIZE, y1); y++) {
      for (let x = Math.max(0, x0); x < Math.min(SIZE, x1); x++) {
        heat[y * SIZE + x]! += density;
      }
    }
  });
  const most = heat.reduce((a, b) => Math.max(a, b), 0);
  return most > 0 ? heat.map((v) => v / most) : heat;
}

function span(from: number, to: number): [number, number] {
  const first = Math.round(from);
  return [first, Math.max(first + 1, Math.round(to))];
}

/** The border of a region over the picture, as a path in pixels. */
export function pictureBorder(
  cells: readonly number[],
  boxes: ReadonlyArray<Box | null>,
): string {
  const mask = new Uint8Array(SIZE * SIZE);
  for (const cell of cells) {
    const box = boxes[cell];
    if (box) {
      const [x0, x1] = span(box.left, box.right);
      const [y0, y1] = span(box.top, box.bottom);
      for (let y = Math.max(0, y0); y < Math.min(SIZE, y1); y++) {
        mask.fill(1, y * SIZE + Math.max(0, x0), y * SIZE + Math.min(SIZE, x1));
      }
    }
  }
  const at = (x: number, y: number) =>
    x >= 0 && y >= 0 && x < SIZE && y < SIZE ? mask[y * SIZE + x]! : 0;
  let path = '';
  for (let y = 0; y <= SIZE; y++) {
    path += runs((x) => at(x, y) !== at(x, y - 1), (from, to) => `M${from} ${y}H${to}`);
  }
  for (let x = 0; x <= SIZE; x++) {
    path += runs((y) => at(x, y) !== at(x - 1, y), (from, to) => `M${x} ${from}V${to}`);
  }
  return path;
}

function runs(is: (i: number) => boolean, write: (from: number, to: number) => string): string {
  let path = '';
  let from = -1;
  for (let i = 0; i <= SIZE; i++) {
    const on = i < SIZE && is(i);
    if (on && from < 0) {
      from = i;
    } else if (!on && from >= 0) {
      path += write(from, i);
      from = -1;
    }
  }
  return path;
}

/** How much of the map lies left of the view, right of it, and behind. */
export function outsideView(p: Float64Array): { left: number; right: number; behind: number } {
  const out = { left: 0, right: 0, behind: 0 };
  for (let a = 0; a < AZIMUTHS; a++) {
    const degrees = azimuth(a);
    const mass = p.subarray(a * DISTANCES, (a + 1) * DISTANCES).reduce((s, v) => s + v, 0);
    if (Math.abs(degrees) > 135) {
      out.behind += mass;
    } else if (degrees > 45) {
      out.left += mass;
    } else if (degrees < -45) {
      out.right += mass;
    }
  }
  return out;
}
