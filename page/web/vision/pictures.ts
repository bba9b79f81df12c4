import { decode } from 'fast-png';

/** A colour picture: red, green and blue, each `[height, width]` in [0, 1]. */
export interface Rgb {
  width: number;
  height: number;
  planes: Float32Array[];
}

/** Numbers of a grayscale picture, `[height, width]`, as the file has them. */
export interface Plane {
  width: number;
  height: number;
  values: Float32Array;
}

/**
 * Reads a picture: PNG exactly as it is, everything else as the browser shows it.
 *
 * @param name of the file, for refusals
 */
export async function readRgb(file: Blob, name: string): Promise<Rgb> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const png = isPng(bytes) ? decode(bytes) : null;
  if (png && png.depth === 8 && png.channels >= 3) {
    return split(png.width, png.height, png.data as Uint8Array, png.channels);
  }
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(file, { colorSpaceConversion: 'none' });
  } catch {
    throw new Error(`${name}: not a picture that this browser can read: give PNG or JPEG`);
  }
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d')!;
  context.drawImage(bitmap, 0, 0);
  const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
  return split(bitmap.width, bitmap.height, data, 4);
}

/**
 * Reads the numbers of a grayscale PNG.
 *
 * @param bits that it must have: 16 for depth, 8 for occlusion
 */
export async function readPlane(file: Blob, name: string, bits: 8 | 16): Promise<Plane> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!isPng(bytes)) {
    throw new Error(`${name}: not a PNG: the page reads ${bits}-bit grayscale PNG`);
  }
  const png = decode(bytes);
  if (png.depth !== bits || png.channels > 2) {
    throw new Error(
      `${name}: ${png.depth} bits in ${png.channels} channels, expected ${bits}-bit grayscale`,
    );
  }
  const values = new Float32Array(png.width * png.height);
  for (let i = 0; i < values.length; i++) {
    values[i] = png.data[i * png.channels]!;
  }
  return { width: png.width, height: png.height, values };
}

/** Is it a 16-bit grayscale PNG, and so depth rather than a picture to look at? */
export function looksLikeDepth(bytes: Uint8Array): boolean {
  return isPng(bytes) && bytes[24] === 16 && bytes[25] === 0;
}

/** Is it an 8-bit grayscale PNG? */
export function looksLikeOcclusion(bytes: Uint8Array): boolean {
  return isPng(bytes) && bytes[24] === 8 && bytes[25] === 0;
}

function isPng(bytes: Uint8Array): boolean {
  return bytes.length > 25 && [0x89, 0x50, 0x4e, 0x47].every((b, i) => bytes[i] === b);
}

function split(width: number, height: number, data: ArrayLike<number>, channels: number): Rgb {
  const planes = [0, 1, 2].map((c) => {
    const plane = new Float32Array(width * height);
    for (let i = 0; i < plane.length; i++) {
      const alpha = channels === 4 ? data[i * 4 + 3]! / 255 : 1;
      plane[i] = (data[i * channels + c]! / 255) * alpha;
    }
    return plane;
  });
  return { width, height, planes };
}
