import { describe, expect, test } from "vitest";
import { cover } from "../../cdktf-aspect/cover";

/** A class with a method on the prototype, as in the libraries. */
class Greeter {
  constructor(readonly name: string) {}

  greet(...words: string[]): string {
    return [this.name, ...words].join(" ");
  }
}

const loudly = (call: () => unknown): string => `${String(call())}!`;

describe("a wrapped method", () => {
  test("is called on its object with its arguments, and the wrapper's result is returned", () => {
    const greeter = new Greeter("Ada");
    cover(greeter, "greet", loudly);
    expect(greeter.greet("says", "hello")).toBe("Ada says hello!");
  });

  test("is not called if the wrapper does not call it", () => {
    let calls = 0;
    const object = { count: () => (calls += 1) };
    cover(object, "count", () => "nothing");
    expect(object.count()).toBe("nothing");
    expect(calls).toBe(0);
  });

  test("passes its arguments to the wrapper", () => {
    const greeter = new Greeter("Ada");
    cover(greeter, "greet", (_call, args) => args);
    expect(greeter.greet("a", "b")).toEqual(["a", "b"]);
  });

  test("is the one that existed when it was wrapped", () => {
    const greeter = new Greeter("Ada");
    cover(greeter, "greet", loudly);
    cover(greeter, "greet", (call) => `${String(call())}?`);
    expect(greeter.greet()).toBe("Ada!?");
  });

  test("may be missing, and then returns undefined", () => {
    const object: { work?: () => unknown } = {};
    cover(object, "work", (call) => [call()]);
    expect(object.work?.()).toEqual([undefined]);
  });

  test("is not enumerable, and can be replaced and deleted", () => {
    const greeter = new Greeter("Ada");
    cover(greeter, "greet", loudly);
    expect(Object.keys(greeter)).toEqual(["name"]);
    greeter.greet = () => "replaced";
    expect(greeter.greet()).toBe("replaced");
    Reflect.deleteProperty(greeter, "greet");
    expect(greeter.greet()).toBe("Ada");
  });
});

describe("a removed wrapper", () => {
  test("leaves a class method to the class", () => {
    const greeter = new Greeter("Ada");
    cover(greeter, "greet", loudly)();
    expect(Object.hasOwn(greeter, "greet")).toBe(false);
    expect(greeter.greet()).toBe("Ada");
  });

  test("leaves the object's own method unchanged", () => {
    const own = (): string => "own";
    const object = Object.defineProperty({}, "work", { value: own, configurable: true, enumerable: true });
    const before = Object.getOwnPropertyDescriptor(object, "work");
    cover(object, "work", loudly)();
    expect(Object.getOwnPropertyDescriptor(object, "work")).toEqual(before);
  });

  test("leaves a later wrapper in place and has no effect below it", () => {
    const greeter = new Greeter("Ada");
    const takeAway = cover(greeter, "greet", loudly);
    cover(greeter, "greet", (call) => `${String(call())}?`);
    takeAway();
    expect(greeter.greet("hi")).toBe("Ada hi?");
  });

  test("stays removed if someone has deleted it", () => {
    const greeter = new Greeter("Ada");
    const takeAway = cover(greeter, "greet", loudly);
    Reflect.deleteProperty(greeter, "greet");
    takeAway();
    expect(greeter.greet()).toBe("Ada");
  });
});
