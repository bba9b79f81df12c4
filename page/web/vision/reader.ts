import { GroundPlane, median } from './ground';
import type { Plane, Rgb } from './pictures';
import { Reprojection } from './reprojection';
import { HFOV_DEGREES, PIXELS, type View } from './view';

/** What a person gives of a view; any of it may be missing. */
export interface GivenView {
  rgb?: Rgb | undefined;
  /** 16-bit numbers, millimetres unless `depthScale` says otherwise. */
  depth?: Plane | undefined;
  /** 8-bit numbers, 255 = occluder. */
  occlusion?: Plane | undefined;
  /** Horizontal field of view of all pictures, degrees. */
  hfov?: number | undefined;
  /** Depth values per metre. */
  depthScale?: number | undefined;
}

/** A view, and what a person should know about how it came to be. */
export interface Seen {
  view: View;
  notes: string[];
}

const OCCLUDER_RANGE = 30;
const DENSE_FROM = 0.75;
const MILLIMETRES = 1000;
const UNKNOWN = 65_535;
const NEAREST_HALF = 0.1;
const FARTHEST_HALF = 500;

interface Occlusion {
  values: Float32Array;
  evidence: boolean[];
}

/**
 * Brings pictures of one camera, of any size and field of view, to the model's view, as Java's
 * `ViewReader` does.
 *
 * @throws Error where pictures differ in size or lie outside the model's view
 */
export function readView(given: GivenView): Seen {
  const notes: string[] = [];
  const way = wayFrom(given, notes);
  const rgb = new Float32Array(3 * PIXELS);
  if (given.rgb && way) {
    for (let c = 0; c < 3; c++) {
      rgb.set(way.average(given.rgb.planes[c]!).map(share), c * PIXELS);
    }
  } else {
    notes.push('no picture: the model sees black');
  }
  const distances = given.depth && way ? distancesOf(given, given.depth, way, notes) : null;
  if (!given.depth) {
    notes.push('no depth: how far the surfaces are is unknown to the model');
  }
  const occlusion = occlusionOf(given, distances, way, notes);
  const level = levelOf(occlusion);
  return {
    view: {
      rgb,
      depth: distances?.metres ?? new Float32Array(PIXELS),
      occlusion: occlusion.values.map((v, i) => (occlusion.evidence[i] ? share(v) : level)),
      occlusionLevel: level,
    },
    notes,
  };
}

function share(v: number): number {
  return Math.max(0, Math.min(1, v));
}

function wayFrom(given: GivenView, notes: string[]): Reprojection | null {
  const pictures = [given.rgb, given.depth, given.occlusion].filter((p) => p !== undefined);
  const first = pictures[0];
  if (!first) {
    return null;
  }
  if (pictures.some((p) => p.width !== first.width || p.height !== first.height)) {
    const sizes = pictures.map((p) => `${p.width} × ${p.height}`).join(', ');
    throw new Error(`the pictures have different sizes (${sizes}): give those of one camera`);
  }
  const hfov = given.hfov ?? HFOV_DEGREES;
  const way = new Reprojection(first.width, first.height, hfov);
  const inside = way.inside();
  const covered = inside.filter(Boolean).length / inside.length;
  if (covered === 0) {
    throw new Error(`a field of view of ${hfov}° covers nothing of the model's view`);
  }
  if (covered < 0.995) {
    notes.push(
      `the given camera covers ${(100 * covered).toFixed(0)} % of the model's 90° view; the rest is unknown`,
    );
  }
  return way;
}

function distancesOf(
  given: GivenView,
  depth: Plane,
  way: Reprojection,
  notes: string[],
): { metres: Float32Array; evidence: boolean[] } | null {
  const scale = given.depthScale ?? MILLIMETRES;
  if (given.depthScale === undefined) {
    notes.push('depth: whole numbers, taken as millimetres');
  }
  const values = depth.values.map((v) => (v === UNKNOWN ? 0 : v / scale));
  let valid = 0;
  let paired = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i]! > 0 && i % depth.width !== depth.width - 1) {
      valid++;
      paired += values[i + 1]! > 0 ? 1 : 0;
    }
  }
  if (valid === 0) {
    notes.push('depth: no pixel is known, so how far the surfaces are is unknown to the model');
    return null;
  }
  const middle = median(Array.from(values.filter((v) => v > 0)));
  if (middle < NEAREST_HALF || middle > FARTHEST_HALF) {
    notes.push(`depth: half of it is nearer than ${middle.toPrecision(3)} m; is its scale right?`);
  }
  const known = valid / values.length;
  const sparse = paired < DENSE_FROM * valid;
  let reach = way.scale / Math.SQRT2;
  if (sparse) {
    reach = Math.max(3, 1.5 * way.scale);
    notes.push(
      `depth is sparse (${(100 * known).toFixed(0)} % of the pixels): filled from the nearest sample within ${reach.toFixed(0)} pixels, unknown elsewhere`,
    );
  } else if (known < 0.99) {
    notes.push(
      `depth is empty in ${(100 * (1 - known)).toFixed(0)} % of the picture: taken as open above the horizon`,
    );
  }
  const metres = way.nearest(values, reach);
  const evidence = way.inside().map((inside, i) => inside && (!sparse || metres[i]! > 0));
  return { metres, evidence };
}

function occlusionOf(
  given: GivenView,
  distances: { metres: Float32Array; evidence: boolean[] } | null,
  way: Reprojection | null,
  notes: string[],
): Occlusion {
  if (given.occlusion && way) {
    const values = given.occlusion.values.map((v) => v / 255);
    return { values: way.average(values), evidence: way.inside() };
  }
  if (!distances) {
    notes.push(
      'no occlusion and no depth to derive it from: the view counts as wholly occluded',
    );
    return {
      values: new Float32Array(PIXELS).fill(1),
      evidence: new Array<boolean>(PIXELS).fill(true),
    };
  }
  const ground = GroundPlane.fit(distances.metres, OCCLUDER_RANGE);
  notes.push(
    ground
      ? `occlusion derived from depth: ground found ${ground.cameraHeight().toFixed(2)} m below the camera`
      : `occlusion derived from depth: no ground found, every surface nearer than ${OCCLUDER_RANGE} m counts`,
  );
  const values = new Float32Array(PIXELS);
  const evidence = distances.evidence.slice();
  distances.metres.forEach((depth, i) => {
    if (depth === 0) {
      evidence[i] &&= ground ? !ground.meets(i, OCCLUDER_RANGE) : i < PIXELS / 2;
    } else if (evidence[i] && depth < OCCLUDER_RANGE) {
      values[i] = !ground?.holds(i, depth) ? 1 : 0;
    }
  });
  return { values, evidence };
}

/** Mean over the pixels with evidence; 1 (blind) when there are none. */
function levelOf(occlusion: Occlusion): number {
  let sum = 0;
  let n = 0;
  occlusion.values.forEach((v, i) => {
    if (occlusion.evidence[i]) {
      sum += v;
      n++;
    }
  });
  return n === 0 ? 1 : Math.fround(share(sum / n));
}
