/** Of several runs the one that was begun last counts; those before it are told so by their signals. */
export class Latest {
  private current = new AbortController();

  /** Begins a run. Its signal is aborted where another one begins. */
  begin(): AbortSignal {
    this.current.abort();
    this.current = new AbortController();
    return this.current.signal;
  }
}
