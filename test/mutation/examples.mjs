import { PluginKind, declareValuePlugin } from "@stryker-mutator/api/plugin";

/** A rule's worked examples are what the tests put in, not what they test. */
const ignorer = {
  shouldIgnore({ node, parentPath }) {
    const isExamples = node.type === "ObjectProperty" && node.key.name === "examples";
    return isExamples && parentPath?.parent?.id?.typeAnnotation?.typeAnnotation?.typeName?.name === "Rule"
      ? "a worked example is an input of the tests"
      : undefined;
  },
};

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, "examples", ignorer)];
