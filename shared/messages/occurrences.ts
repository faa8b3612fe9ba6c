/** Counts how often a text came, to tell its occurrences apart. */
export class Occurrences {
  private readonly times = new Map<string, number>();

  /** 1 for the first. */
  next(text: string): number {
    const times = (this.times.get(text) ?? 0) + 1;
    this.times.set(text, times);
    return times;
  }
}
