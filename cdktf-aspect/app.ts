import { pageOf } from "../shared/messages/pages";
import type { AppLike, AspectLike, AspectsLike, ConstructLike, StackLike } from "./constructs";
import { isStack, libraryOf, propertyOf, stacksIn } from "./constructs";
import { cover } from "./cover";

/**
 * Attaches an Aspect to every stack of an app, now and when the app is synthesized, and verifies that stacks
 * were checked.
 */
export function attachToApp(
  app: AppLike,
  aspects: AspectsLike,
  aspect: AspectLike,
  isJudged: (stack: StackLike) => boolean,
): void {
  check(app, aspects);
  const attached = new WeakSet<ConstructLike>();
  const attach = (construct: ConstructLike): void => {
    if (attached.has(construct)) return;
    checkCopy(construct, aspects);
    attached.add(construct);
    aspects.of(construct).add(aspect);
  };
  const attachToAll = (): readonly StackLike[] => {
    const stacks = stacksIn(app);
    stacks.forEach(attach);
    return stacks;
  };
  attachToAll();
  // Immediately, so that a test of that stack alone sees it too.
  cover(app.node, "addChild", (call, [child]) => {
    const result = call();
    // The child is under construction: only its class tells what it is.
    if (libraryOf(child, "TerraformStack") !== undefined) attach(child as ConstructLike);
    return result;
  });
  cover(app, "synth", (call) => {
    // The libraries also synthesize the stacks that exist at the start.
    const stacks = attachToAll();
    call();
    if (stacks.length === 0) throw misapplied(noStack);
    const missed = stacks.filter((stack) => !isJudged(stack)).map((stack) => stack.node.path);
    if (missed.length > 0) throw misapplied(notCalled(missed));
  });
}

/** The error links to the page that shows how to apply the Aspect. */
function misapplied(what: string): Error {
  return new Error(`${what}\nMore: ${pageOf("use-it-with-cdktf-or-cdk-terrain")}`);
}

function check(app: AppLike, aspects: AspectsLike): void {
  if (!hasMethod(aspects, "of")) {
    throw misapplied(
      'AksNetworkPolicyAspect.applyTo needs the class Aspects as its second argument: import { Aspects } from the library of your app ("cdktf" or "cdktn").',
    );
  }
  if (hasMethod(app, "toTerraform") && isStack(app)) {
    throw misapplied(
      "AksNetworkPolicyAspect.applyTo takes the App. For one stack write Aspects.of(stack).add(new AksNetworkPolicyAspect(config)).",
    );
  }
  if (!hasMethod(app, "synth")) {
    throw misapplied(
      "AksNetworkPolicyAspect.applyTo takes the App first: AksNetworkPolicyAspect.applyTo(app, Aspects).",
    );
  }
}

/** A JavaScript program may pass anything. */
function hasMethod(value: unknown, name: string): boolean {
  const mayHave = typeof value === "function" || (typeof value === "object" && value !== null);
  return mayHave && typeof propertyOf(value, name) === "function";
}

/**
 * Each copy of the libraries sees only Aspects added through its own `Aspects` and ignores others without an
 * error.
 */
function checkCopy(stack: ConstructLike, aspects: AspectsLike): void {
  const own = libraryOf(stack, "TerraformStack");
  const given = libraryOf(aspects, "Aspects");
  if (own === undefined || given === undefined || own === given) return;
  throw misapplied(
    `AksNetworkPolicyAspect.applyTo got the Aspects of ${given}, but the stacks of this app are of ${own}, which would never call it. Import Aspects from the same library as TerraformStack.`,
  );
}

const noStack =
  "AksNetworkPolicyAspect.applyTo: this app has no stack, so no cluster was judged. Pass applyTo the App that contains the stacks.";

function notCalled(stacks: readonly string[]): string {
  return `AksNetworkPolicyAspect.applyTo: not judged, because the library never called the Aspect: ${stacks.join(", ")}. The Aspects passed to it comes from another copy of the library than the stacks, or the stacks have a synthesizer that runs no Aspects. Import Aspects from the same library as TerraformStack, and see with \`npm ls cdktf cdktn\` that there is one copy.`;
}
