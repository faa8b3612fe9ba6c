import { visible } from "../shared/messages/visible";
import type { Streams } from "./streams";

const patience = 3_000;
const clearLine = "\r\u001b[2K";

/** Shows on a terminal which file is being read, once that takes longer than people like to wait. */
export class Progress {
  private readonly start = Date.now();
  private isShown = false;

  constructor(private readonly streams: Streams) {}

  at(file: string): void {
    if (!this.streams.isWatched || Date.now() - this.start < patience) return;
    this.isShown = true;
    this.streams.error(`${clearLine}Reading ${visible(file)} …`);
  }

  end(): void {
    if (this.isShown) this.streams.error(clearLine);
  }
}
