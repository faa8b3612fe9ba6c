/**
 * Is a version older than another one? Providers and modules use `MAJOR.MINOR.PATCH`, APIs `YYYY-MM-DD`. A
 * pre-release (`6.33.0-alpha.1`, `2024-01-02-preview`) is older than its release.
 */
export function isBefore(version: string, other: string): boolean {
  const [one, two] = [withDots(version), withDots(other)];
  const [ones, twos] = [numbersOf(one), numbersOf(two)];
  for (const i of [0, 1, 2]) {
    const [a, b] = [ones[i] ?? 0, twos[i] ?? 0];
    if (a < b) return true;
    if (a > b) return false;
  }
  return isEarly(one) && !isEarly(two);
}

/** `2024-01-02-preview` as `2024.01.02-preview`. */
function withDots(version: string): string {
  return version.replace(/^(\d{4})-(\d{2})-(\d{2})/, "$1.$2.$3");
}

/** What is not a number counts as the newest: a program can pass any string as its provider's version. */
function numbersOf(version: string): number[] {
  return version.split(".").map((part) => {
    const number = parseInt(part, 10);
    return Number.isNaN(number) ? Infinity : number;
  });
}

function isEarly(version: string): boolean {
  return /^[^+]*-/.test(version);
}
