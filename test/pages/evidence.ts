/** The tests that show each limit and promise, by the bold words at the start of its line. */
export interface Evidence {
  readonly page: "docs/limits.md" | "SECURITY.md";
  readonly line: string;
  /** File and title of each test, the file without its extension. */
  readonly tests: readonly (readonly [file: string, title: string])[];
}

export const evidence: readonly Evidence[] = [
  {
    page: "docs/limits.md",
    line: "A run without it",
    tests: [
      ["pulumi-pack/bypass", "a run without the pack succeeds"],
      ["pulumi-pack/bypass", "a rule that is turned off in the configuration reports nothing"],
    ],
  },
  {
    page: "docs/limits.md",
    line: "A slow clock.",
    tests: [["pulumi-pack/bypass", "the date is the machine's: a slow clock keeps an exemption alive"]],
  },
  {
    page: "docs/limits.md",
    line: "What runs inside the cluster.",
    tests: [["pulumi-pack/pack", "%s is not checked, and is reported so"]],
  },
  {
    page: "docs/limits.md",
    line: "A cluster that is changed elsewhere",
    tests: [
      [
        "with-tools/pulumi-preview",
        "is found by `pulumi policy analyze`, with the clusters that the program reads",
      ],
    ],
  },
  {
    page: "docs/limits.md",
    line: "Clusters read with `.get()`.",
    tests: [
      [
        "with-tools/pulumi-bypass",
        "a cluster that a program reads with .get() is shown in no preview and no `up`",
      ],
      [
        "with-tools/pulumi-preview",
        "is found by `pulumi policy analyze`, with the clusters that the program reads",
      ],
    ],
  },
  {
    page: "docs/limits.md",
    line: "Clusters inside another resource",
    tests: [["pulumi-pack/bypass", "a cluster that is not a resource of the program is not seen:"]],
  },
  {
    page: "docs/limits.md",
    line: "Windows node pools that another stack adds.",
    tests: [
      ["pulumi-pack/pack", "belong to no cluster with another name or resource group"],
      ["pulumi-pack/pack", "that may belong to either of two clusters make both unknown, and fail neither"],
    ],
  },
  {
    page: "docs/limits.md",
    line: "Separate Windows node pools, in the `pulumi up` that creates them.",
    tests: [
      ["with-tools/pulumi-preview", "is found at the end of a preview, on the cluster and not on its pool"],
      ["with-tools/pulumi-preview", "is found by an `up` of existing clusters that do not change"],
    ],
  },
  {
    page: "docs/limits.md",
    line: "Another policy that throws, in the same pack.",
    tests: [
      ["stress/hostile", "a policy that throws in the same pack (%s) ends the run, and passes nothing"],
      ["stress/hostile", "another pack whose policies throw does not affect ours"],
    ],
  },
  {
    page: "docs/limits.md",
    line: "Files written despite an error.",
    tests: [
      ["package/cdktf-install", "CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS is left to the user"],
      ["with-tools/ci-examples", "fails if it is not, although the files are written"],
    ],
  },
  {
    page: "docs/limits.md",
    line: "Code of the program that works against the Aspect",
    tests: [
      [
        "cdktf-aspect/bypass",
        "code in the program that works against the Aspect is not stopped, and the written file shows it:",
      ],
      ["cdktf-aspect/bypass", "edited manually, is checked with the edit"],
    ],
  },
  {
    page: "docs/limits.md",
    line: "Windows node pools of another stack.",
    tests: [
      ["cdktf-aspect/stacks", "a pool of another stack, by %s, %s"],
      [
        "cdktf-aspect/stacks",
        "changes by an Aspect to pools of a stack that is synthesized later have not happened yet",
      ],
    ],
  },
  {
    page: "docs/limits.md",
    line: "An engine in a variable.",
    tests: [
      [
        "cdktf-aspect/bypass",
        "an engine in a variable is a warning that lets the synthesis succeed, unless `unknown` is `fail`",
      ],
      ["cli/ways-around", "an engine in a variable, in the plan"],
    ],
  },
  {
    page: "docs/limits.md",
    line: "What the stack does not contain",
    tests: [["cdktf-aspect/bypass", "what is not written in the stack is not seen:"]],
  },
  {
    page: "SECURITY.md",
    line: "What is not recognised never passes.",
    tests: [
      ["pulumi-pack/pack", "%s fails"],
      ["stress/hostile", "keys that every object has"],
      ["pulumi-pack/bypass", "a text that only looks like an engine is not one:"],
      ["cdktf-aspect/bypass", "an agent pool whose body is %s"],
    ],
  },
  {
    page: "SECURITY.md",
    line: "A bug in the pack is a failing finding",
    tests: [
      ["shared/findings/bugs", "inside a rule"],
      ["shared/findings/bugs", "in the middle of a stack"],
      ["stress/hostile", "a getter of %s that throws is a finding on that construct only"],
    ],
  },
  {
    page: "SECURITY.md",
    line: "An invalid configuration fails the run",
    tests: [
      ["pulumi-pack/configuration", "by the pack, once: %s"],
      [
        "cdktf-aspect/configuration",
        "an invalid configuration is refused by the Aspect before any cluster is checked:",
      ],
    ],
  },
  {
    page: "SECURITY.md",
    line: "What is not known yet is reported as unknown.",
    tests: [
      ["pulumi-pack/pack", "a network profile that is unknown as a whole (%s)"],
      ["pulumi-pack/pack", "one unknown cluster hides no other"],
      ["pulumi-pack/bypass", "an unknown engine fails if the organisation says so"],
    ],
  },
  {
    page: "SECURITY.md",
    line: "In CDKTF it cannot be silently inactive.",
    tests: [
      [
        "cdktf-aspect/field-cases",
        "the same rendering is written: a stack is rendered once, and once more if auto-set wrote",
      ],
      ["cdktf-aspect/bypass", "HCL is read from what HCL will contain: %s"],
      ["cdktf-aspect/app", "applyTo checks every stack, including nested and later ones"],
      [
        "package/cdktf-install",
        "an Aspect on the App, which the libraries never call, fails it and says what to write",
      ],
      ["cdktf-aspect/bypass", "%s is stopped"],
    ],
  },
  {
    page: "SECURITY.md",
    line: "`check` passes only what it has read.",
    tests: [
      ["cli/check", "exit codes"],
      ["cli/check", "%j is not JSON, and the position is reported, never the text"],
    ],
  },
  {
    page: "SECURITY.md",
    line: "An exemption is for one exact address and expires.",
    tests: [
      ["cli/check", "exemptions"],
      [
        "cdktf-aspect/bypass",
        "is exempted by address and the stack that the caller names, never by what the file says about itself",
      ],
      ["pulumi-pack/exemptions", "in Pulumi, an exemption"],
      ["pulumi-pack/exemptions", "tags, resource options and the environment exempt nothing in Pulumi"],
      [
        "cdktf-aspect/exemptions",
        "never comes from what a cluster, its stack, the app's context or the environment says about itself",
      ],
    ],
  },
  {
    page: "SECURITY.md",
    line: "Of a program's values it prints only Azure's own words",
    tests: [
      ["properties/rules-of-any-cluster", "nothing outside a closed set is echoed"],
      ["pulumi-pack/pack", "are checked, and never printed"],
      ["with-tools/pulumi-preview", "keep their secrets"],
      ["properties/fuzz", "a provider's version is repeated only if it is a version"],
    ],
  },
  {
    page: "SECURITY.md",
    line: "It prints the kind of an error, never its text.",
    tests: [
      ["shared/findings/bugs", "while a resource's inputs are read"],
      ["stress/hostile", "a getter of %s that throws is a finding on that construct only"],
    ],
  },
  {
    page: "SECURITY.md",
    line: "Auto-set keeps secrets secret.",
    tests: [
      [
        "with-tools/pulumi-auto-set",
        "what is written reaches the provider, passes this pack's own rules and is reported",
      ],
    ],
  },
  {
    page: "SECURITY.md",
    line: "No network.",
    tests: [
      ["package/promise", "opens no connection, resolves no host name, and listens only on its own machine"],
    ],
  },
  {
    page: "SECURITY.md",
    line: "No file is read",
    tests: [
      ["package/promise", "reads only its own code, and nothing after the start"],
      [
        "package/bundle",
        "no form of the pack starts from changed sources, and every form is rebuilt with them",
      ],
    ],
  },
  {
    page: "SECURITY.md",
    line: "No process is started and no file is written.",
    tests: [["package/promise", "starts no process and writes no file"]],
  },
  {
    page: "SECURITY.md",
    line: "No environment variable changes a verdict.",
    tests: [
      ["package/promise", "reads no environment variable"],
      [
        "package/promise",
        "no source reads an environment variable except to detect who runs the program and who reads its output",
      ],
      ["package/promise", "has the same findings whatever the variables; they change only what is printed"],
      [
        "package/promise",
        "is not turned off by a test runner's variable; it only stops reporting that nothing called it",
      ],
    ],
  },
  {
    page: "SECURITY.md",
    line: "In CDKTF it reads nothing else",
    tests: [["package/promise", "reads the environment only to detect a test runner or a command line"]],
  },
  {
    page: "SECURITY.md",
    line: "The command line opens no connection and starts no process.",
    tests: [
      [
        "cli/executable",
        "opens no connection, resolves no host name, listens on no port, and starts no process",
      ],
      [
        "cli/executable",
        "has the same findings whatever environment variables say; they change only the presentation",
      ],
    ],
  },
  {
    page: "SECURITY.md",
    line: "`check` reads what its arguments name",
    tests: [["cli/executable", "reads only its own code and what its arguments name"]],
  },
  {
    page: "SECURITY.md",
    line: "`check` writes what an option names",
    tests: [
      ["cli/executable", "writes only what an option names"],
      ["cli/check", "does not overwrite %s"],
    ],
  },
  {
    page: "SECURITY.md",
    line: "`check` runs nothing that it checks.",
    tests: [["cli/ways-around", "no file next to what is checked runs or decides"]],
  },
  {
    page: "SECURITY.md",
    line: "`check` prints no value of a document",
    tests: [
      ["properties/fuzz-documents", "hostile documents hold every invariant of the command"],
      ["cli/formats", "ends with a line break, and has no control character and no value of the user's"],
      ["cli/formats", "has no pipeline command made from a name"],
    ],
  },
  {
    page: "SECURITY.md",
    line: "`check` refuses what can be read in two ways",
    tests: [
      ["cli/ambiguous-inputs", "Terraform resources, of which Terraform takes both"],
      ["cli/ambiguous-inputs", "are rejected instead of being checked by the recognized one: %s"],
    ],
  },
  {
    page: "SECURITY.md",
    line: "`check` ends",
    tests: [
      ["cli/check", "that are too large are rejected before they are read"],
      ["properties/fuzz-documents", "it takes too long"],
      ["shared/documents/kind", "a document of any depth is recognized or not, without an error"],
      ["shared/documents/read-once", "in Terraform"],
    ],
  },
  {
    page: "SECURITY.md",
    line: "Importing any entry point starts nothing.",
    tests: [
      [
        "package/promise",
        "importing %s starts nothing: it reads only code, and has no process, no port, no timer",
      ],
    ],
  },
  {
    page: "SECURITY.md",
    line: "Two dependencies of exact versions",
    tests: [
      [
        "package/promise",
        "two dependencies, each of one exact version, without dependencies and install scripts of their own",
      ],
      [
        "package/package",
        "alone installs nothing of Pulumi and CDKTF and no install script, and its evaluator runs",
      ],
    ],
  },
  {
    page: "SECURITY.md",
    line: "The single file needs no other file",
    tests: [
      ["package/bundle", "requires only Node's own modules"],
      ["package/bundle", "from the same sources has the same bytes, and these are in dist"],
    ],
  },
  {
    page: "SECURITY.md",
    line: "A release is published to npm with provenance",
    tests: [
      [
        "project/workflows",
        "compares tag and version, installs, publishes with provenance, and creates the release, in this order",
      ],
      ["project/workflows", "attaches a checksum that accepts the released file, and no other"],
    ],
  },
];
