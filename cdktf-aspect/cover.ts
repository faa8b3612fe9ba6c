import { propertyOf } from "./constructs";

type Method = (...args: unknown[]) => unknown;

/**
 * Puts a method over that of an object. `over` gets what was there at this moment, and calls that whatever is put over it
 * later: who asks for "the method that is there now" calls himself without end where two do so. Answers how to take it away.
 */
export function cover(
  object: object,
  name: string | symbol,
  over: (call: () => unknown, args: readonly unknown[]) => unknown,
): () => void {
  const before = Object.getOwnPropertyDescriptor(object, name);
  const method = propertyOf(object, name);
  let isTakenAway = false;
  const value: Method = (...args) => {
    const call = (): unknown =>
      typeof method === "function" ? (Reflect.apply(method, object, args) as unknown) : undefined;
    return isTakenAway ? call() : over(call, args);
  };
  Object.defineProperty(object, name, { value, configurable: true, enumerable: false, writable: true });
  return () => {
    isTakenAway = true;
    // Somebody may have put a method of their own over it since.
    if (Object.getOwnPropertyDescriptor(object, name)?.value !== value) return;
    if (before === undefined) Reflect.deleteProperty(object, name);
    else Object.defineProperty(object, name, before);
  };
}
