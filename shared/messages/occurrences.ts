/** Counts the occurrences of a text, to tell them apart. */
export class Occurrences {
  private readonly times = new Map<string, number>();

  /** 1 for the first. */
  next(text: string): number {
    const times = (this.times.get(text) ?? 0) + 1;
    this.times.set(text, times);
    return times;
  }
}
