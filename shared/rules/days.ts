/** A day in UTC as `YYYY-MM-DD`. */
export type Day = `${number}-${number}-${number}`;

/** A month as `YYYY-MM`. */
export type Month = `${number}-${number}`;

const millisecondsPerDay = 24 * 60 * 60 * 1000;

/** The UTC day of a moment, counted from 1970-01-01. Throws a RangeError where a date is none. */
export function dayNumber(moment: Date): number {
  // Nothing is later than a day that is not a number: no support would ever end, and no exemption.
  if (Number.isNaN(moment.getTime())) throw new RangeError("not a date");
  return Math.floor(moment.getTime() / millisecondsPerDay);
}

/** A day as written, counted from 1970-01-01; `undefined` for one that does not exist. */
export function dayNumberOf(day: string): number | undefined {
  const moment = new Date(`${day}T00:00:00Z`);
  // February 30 is no error to Date, but another day.
  const isInCalendar = !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day);
  return isInCalendar ? dayNumber(moment) : undefined;
}
