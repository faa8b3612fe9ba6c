// Loaded into a pack under test: `new Date()` answers the instant that stands in the file named by FAKE_CLOCK_FILE, so
// that what a test expects does not change with the day on which it runs.
const { readFileSync } = require("node:fs");
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(readFileSync(process.env.FAKE_CLOCK_FILE, "utf8").trim());
    else super(...parts);
  }
};
