/** A day in UTC as `YYYY-MM-DD`. */
export type Day = `${number}-${number}-${number}`;

/** A month as `YYYY-MM`. */
export type Month = `${number}-${number}`;

const millisecondsPerDay = 24 * 60 * 60 * 1000;

/** The UTC day of a moment, in days since 1970-01-01. Throws a RangeError for an invalid date. */
export function dayNumber(moment: Date): number {
  // Comparisons with NaN are always false: no support and no exemption would ever end.
  if (Number.isNaN(moment.getTime())) throw new RangeError("not a date");
  return Math.floor(moment.getTime() / millisecondsPerDay);
}

/** A written day, in days since 1970-01-01; `undefined` if it does not exist. */
export function dayNumberOf(day: string): number | undefined {
  const moment = new Date(`${day}T00:00:00Z`);
  // `Date` accepts February 30 and turns it into another day.
  const isInCalendar = !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day);
  return isInCalendar ? dayNumber(moment) : undefined;
}
