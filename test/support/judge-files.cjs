/**
 * Checks the files of stacks, JSON or HCL, in a separate process. Reads a list of { file, others, configuration } from
 * stdin, where `others` are the files of the app's other stacks; writes findings to stdout.
 */
const { readFileSync } = require("node:fs");
const { createRequire } = require("node:module");
const { basename, dirname, join } = require("node:path");

const root = join(__dirname, "..", "..");
const shared = (file) => require(join(root, "dist", "shared", file));
const { addressOfCluster } = shared("documents/document");
const { addressOf } = shared("documents/terraform/block");
const { clustersOfDocument, poolsOfDocument } = shared("documents/terraform/clusters");
const { judgeDocuments } = shared("findings/judged-documents");
const { circumstancesOf, isError } = shared("findings/judgement");
const { messageOf } = shared("messages/message");
const { readConfiguration } = shared("policy/configuration");
const { voice } = require(join(root, "dist", "cdktf-aspect", "messages"));
const { parse } = createRequire(join(root, "test", "cdktf-cli", "package.json"))("@cdktf/hcl2json");

async function read(file) {
  const text = readFileSync(file, "utf8");
  return file.endsWith(".json") ? JSON.parse(text) : await parse(file, text);
}

/** The libraries write each stack to a folder with its name, and refer to the states of other stacks by path. */
const nameOf = (file) => basename(dirname(file));
function statesOf(document) {
  const states = new Map();
  for (const name of Object.keys(document.data?.terraform_remote_state ?? {})) {
    const [, stack] = /^cross-stack-reference-input-(?:.*--)?(.+)$/.exec(name) ?? [];
    if (stack !== undefined) states.set(name, stack);
  }
  return states;
}

const originOf = (block) => ({ source: { address: addressOf(block) } });

async function judged({ file, others, configuration }, today) {
  const document = await read(file);
  const named = new Map();
  for (const other of others) {
    const theirs = await read(other);
    named.set(nameOf(other), poolsOfDocument(theirs, originOf, statesOf(theirs)));
  }
  const program = {
    name: nameOf(file),
    states: statesOf(document),
    others: () => [...named.values()],
    otherNamed: (name) => named.get(name),
  };
  const clusters = clustersOfDocument(document, originOf, program);
  const documents = [{ kind: "terraform-json", clusters, notes: [], stack: undefined }];
  const { value: policy } = readConfiguration(configuration);
  const all = judgeDocuments(
    documents,
    policy,
    circumstancesOf(policy, () => today),
  );
  return all.clusters.flatMap(({ found, judgements }) =>
    judgements.flatMap(({ rule, findings }) =>
      findings.map((finding) => ({
        address: addressOfCluster(found),
        level: isError(finding, policy) ? "error" : "warning",
        message: `${rule.name}: ${messageOf(finding, voice)}`,
      })),
    ),
  );
}

async function main() {
  const { today, files } = JSON.parse(readFileSync(0, "utf8"));
  const found = [];
  for (const each of files) found.push(await judged(each, new Date(today)));
  process.stdout.write(JSON.stringify(found));
}

void main();
