const MASK = (1n << 64n) - 1n;
const GOLDEN_GAMMA = 0x9e3779b97f4a7c15n;

/** Java's `SplittableRandom`: the same seed gives the same numbers. */
export class SplittableRandom {
  private seed: bigint;

  constructor(seed: number) {
    this.seed = BigInt(seed);
  }

  /** A whole number from 0 to before `bound`. */
  nextInt(bound: number): number {
    const most = bound - 1;
    let r = this.next();
    if ((bound & most) === 0) {
      return r & most;
    }
    let u = r >>> 1;
    // Rejects the last, incomplete round, told by overflow in 32 bits.
    while (((u + most - (r = u % bound)) | 0) < 0) {
      u = this.next() >>> 1;
    }
    return r;
  }

  private next(): number {
    this.seed = (this.seed + GOLDEN_GAMMA) & MASK;
    let z = this.seed;
    z = ((z ^ (z >> 33n)) * 0x62a9d9ed799705f5n) & MASK;
    z = ((z ^ (z >> 28n)) * 0xcb24d0a5c88c35b3n) & MASK;
    return Number(z >> 32n) | 0;
  }
}
