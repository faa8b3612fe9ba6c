import { describe, expect, test } from "vitest";
import { cover } from "../../cdktf-aspect/cover";

/** A class with a method, as the libraries have them: on the prototype. */
class Greeter {
  constructor(readonly name: string) {}

  greet(...words: string[]): string {
    return [this.name, ...words].join(" ");
  }
}

const loudly = (call: () => unknown): string => `${String(call())}!`;

describe("a method that is covered", () => {
  test("is called on its object, with its arguments, and its answer is the cover's", () => {
    const greeter = new Greeter("Ada");
    cover(greeter, "greet", loudly);
    expect(greeter.greet("says", "hello")).toBe("Ada says hello!");
  });

  test("is not called where the cover does not call it", () => {
    let calls = 0;
    const object = { count: () => (calls += 1) };
    cover(object, "count", () => "nothing");
    expect(object.count()).toBe("nothing");
    expect(calls).toBe(0);
  });

  test("shows the cover its arguments", () => {
    const greeter = new Greeter("Ada");
    cover(greeter, "greet", (_call, args) => args);
    expect(greeter.greet("a", "b")).toEqual(["a", "b"]);
  });

  test("is the one that was there when it was covered", () => {
    const greeter = new Greeter("Ada");
    cover(greeter, "greet", loudly);
    cover(greeter, "greet", (call) => `${String(call())}?`);
    expect(greeter.greet()).toBe("Ada!?");
  });

  test("can be missing, and then answers nothing", () => {
    const object: { work?: () => unknown } = {};
    cover(object, "work", (call) => [call()]);
    expect(object.work?.()).toEqual([undefined]);
  });

  test("is no property that a loop over the object meets, and can be replaced and deleted", () => {
    const greeter = new Greeter("Ada");
    cover(greeter, "greet", loudly);
    expect(Object.keys(greeter)).toEqual(["name"]);
    greeter.greet = () => "replaced";
    expect(greeter.greet()).toBe("replaced");
    Reflect.deleteProperty(greeter, "greet");
    expect(greeter.greet()).toBe("Ada");
  });
});

describe("a cover that is taken away", () => {
  test("leaves a method of the class to the class", () => {
    const greeter = new Greeter("Ada");
    cover(greeter, "greet", loudly)();
    expect(Object.hasOwn(greeter, "greet")).toBe(false);
    expect(greeter.greet()).toBe("Ada");
  });

  test("leaves the object's own method as it was", () => {
    const own = (): string => "own";
    const object = Object.defineProperty({}, "work", { value: own, configurable: true, enumerable: true });
    const before = Object.getOwnPropertyDescriptor(object, "work");
    cover(object, "work", loudly)();
    expect(Object.getOwnPropertyDescriptor(object, "work")).toEqual(before);
  });

  test("leaves a method that somebody has put over it, and does nothing more below that", () => {
    const greeter = new Greeter("Ada");
    const takeAway = cover(greeter, "greet", loudly);
    cover(greeter, "greet", (call) => `${String(call())}?`);
    takeAway();
    expect(greeter.greet("hi")).toBe("Ada hi?");
  });

  test("stays away where somebody has deleted it", () => {
    const greeter = new Greeter("Ada");
    const takeAway = cover(greeter, "greet", loudly);
    Reflect.deleteProperty(greeter, "greet");
    takeAway();
    expect(greeter.greet()).toBe("Ada");
  });
});
