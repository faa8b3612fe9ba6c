/**
 * The processor's time for a piece of work, in milliseconds: for tests that it takes no quadratic time and
 * does not hang. The clock's time would count what others do on the machine.
 */
export function processorTime(work: () => void): number {
  const before = process.cpuUsage();
  work();
  return processorTimeSince(before);
}

export function processorTimeSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
