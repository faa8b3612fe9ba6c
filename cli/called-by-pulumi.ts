/**
 * Did Pulumi start this file as a policy pack? Its first argument is the address on which it listens:
 * https://github.com/pulumi/pulumi, sdk/go/common/resource/plugin/analyzer_plugin.go (read 2026-08). Anything
 * else is the command line.
 */
export function isCalledByPulumi([address]: readonly string[]): boolean {
  return address !== undefined && /^(?:[\w.-]+|\[[\da-fA-F:.]+\]):\d{1,5}$/.test(address);
}
