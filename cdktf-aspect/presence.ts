/**
 * An Aspect that is never called must not look like one that found nothing. The libraries never call an
 * Aspect on an App or on a construct between the App and its stacks, nor one that was added with another
 * copy's `Aspects`, and they do not report it; only the end of the process shows it.
 */
const neverCalled = new Set<object>();
let watching = false;

const explanation = `aks-network-policy-pack: no stack called the AksNetworkPolicyAspect of this program, so no cluster was judged.
An Aspect on the App is never called: Aspects.of(app).add(...) does nothing. Write instead:
  AksNetworkPolicyAspect.applyTo(app, Aspects, config);   // every stack
  Aspects.of(stack).add(new AksNetworkPolicyAspect(config)); // one stack
Import Aspects from the same copy of the library as the stacks.
`;

export function expectToBeCalled(aspect: object): void {
  neverCalled.add(aspect);
  if (watching || runsTests()) return;
  watching = true;
  process.once("exit", (code) => {
    if (neverCalled.size === 0 || code !== 0) return;
    process.stderr.write(explanation);
    process.exitCode = 1;
  });
}

export function wasCalled(aspect: object): void {
  neverCalled.delete(aspect);
}

/** A test may create an Aspect without synthesizing, and nobody reads what it prints. */
export function runsTests(): boolean {
  const { env } = process;
  return (
    ["JEST_WORKER_ID", "VITEST", "NODE_TEST_CONTEXT"].some((name) => env[name] !== undefined) ||
    "describe" in globalThis
  );
}

/**
 * Both command lines run the program with these variables, and print its annotations themselves (cdktf-cli
 * 0.21, cdktn-cli 0.24).
 */
export function runsInCommandLine(): boolean {
  const { env } = process;
  return ["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS", "CDKTF_OUTDIR"].every(
    (name) => env[name] !== undefined,
  );
}
