import { propertyOf } from "./constructs";

type Method = (...args: unknown[]) => unknown;

/**
 * Wraps a method of an object. `over` receives the current method and calls that one, whatever wraps it
 * later: two wrappers that each call "the current method" would call each other forever. Returns a function
 * that removes the wrapper.
 */
export function cover(
  object: object,
  name: string | symbol,
  over: (call: () => unknown, args: readonly unknown[]) => unknown,
): () => void {
  const before = Object.getOwnPropertyDescriptor(object, name);
  const method = propertyOf(object, name);
  let isRemoved = false;
  const value: Method = (...args) => {
    const call = (): unknown =>
      typeof method === "function" ? (Reflect.apply(method, object, args) as unknown) : undefined;
    return isRemoved ? call() : over(call, args);
  };
  Object.defineProperty(object, name, { value, configurable: true, enumerable: false, writable: true });
  return () => {
    isRemoved = true;
    // Someone may have wrapped it since.
    if (Object.getOwnPropertyDescriptor(object, name)?.value !== value) return;
    if (before === undefined) Reflect.deleteProperty(object, name);
    else Object.defineProperty(object, name, before);
  };
}
