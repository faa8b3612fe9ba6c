// Loaded into a pack under test: `new Date()` returns the time in the file named by FAKE_CLOCK_FILE, so that the expected
// result does not depend on the day on which the test runs.
const { readFileSync } = require("node:fs");
const RealDate = Date;

globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(readFileSync(process.env.FAKE_CLOCK_FILE, "utf8").trim());
    else super(...parts);
  }
};
