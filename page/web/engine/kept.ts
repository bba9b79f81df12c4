/** What was worked out last, kept for as long as the same is asked; what failed is tried again. */
export class Kept<K, V> {
  private held: { key: K; value: Promise<V> } | null = null;

  constructor(private readonly isSame: (a: K, b: K) => boolean = Object.is) {}

  /** The value of a key: the one that is kept, or a new one. */
  of(key: K, make: () => Promise<V>): Promise<V> {
    if (this.held && this.isSame(this.held.key, key)) {
      return this.held.value;
    }
    const held = { key, value: make() };
    this.held = held;
    held.value.catch(() => {
      if (this.held === held) {
        this.held = null;
      }
    });
    return held.value;
  }
}
