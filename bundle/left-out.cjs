// Replaces a module that a policy pack never uses in the single file. Nothing of it is ever undefined: a
// member throws as soon as it is used, and an operation on the whole module throws immediately.
exports.leftOut = (what) => {
  const refuse = () => {
    throw new Error(
      `${what} is not in the single-file build of aks-network-policy-pack. ` +
        "Use the npm package instead, and report this: a policy pack should never get here.",
    );
  };
  const traps = Object.fromEntries(Object.getOwnPropertyNames(Reflect).map((trap) => [trap, refuse]));
  const used = new Proxy(function () {}, traps);
  return new Proxy({}, { ...traps, get: (_, name) => (name === "__esModule" ? true : used) });
};
