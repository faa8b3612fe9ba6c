/** What the source of a Terraform module says about it: https://developer.hashicorp.com/terraform/language/modules/sources. */
export interface ModuleSource {
  /** Who publishes it; `undefined` for a module of the program's own. In lower case. */
  readonly owner: string | undefined;
  /** Its name in a registry, the name of its repository, or its own path; with the folder inside it. */
  readonly name: string;
  /** The provider that its name in a registry or of its repository ends or begins with. */
  readonly provider: string | undefined;
  /** The branch, tag or commit that it is fetched at. */
  readonly ref: string | undefined;
}

export function moduleSourceOf(source: string): ModuleSource {
  const [address = "", query = ""] = source.split("?", 2);
  const ref = /(?:^|&)ref=([^&]*)/.exec(query)?.[1];
  if (/^(?:\.{0,2}\/|[a-z]:[\\/])/i.test(address))
    return { owner: undefined, name: address, provider: undefined, ref };
  // `//` is before the folder inside a package, but for the one after a scheme.
  const [packageAddress = "", ...folders] = address.replace("://", ":/").split("//");
  const folder = folders.map((each) => `//${each}`).join("");
  const inRegistry = registryAddress.exec(packageAddress);
  if (inRegistry?.groups !== undefined) {
    const { host = "", namespace = "", name = "", provider } = inRegistry.groups;
    // A namespace is the owner's own in the public registries only.
    const owner = publicRegistries.includes(host.toLowerCase()) ? namespace : `${host}/${namespace}`;
    return { owner: owner.toLowerCase(), name: `${name}${folder}`, provider, ref };
  }
  const parts = packageAddress.split(/[/:]/).filter((part) => part !== "");
  const github = parts.findIndex((part) => /(?:^|@)github\.com$/i.test(part));
  const [owner, repository = ""] = github === -1 ? parts.slice(-2) : parts.slice(github + 1, github + 3);
  const name = repository.replace(/\.git$/, "");
  return {
    owner: github === -1 ? `${parts.slice(0, -2).join("/")}/${owner}`.toLowerCase() : owner?.toLowerCase(),
    name: `${name}${folder}`,
    provider: /^terraform-([^-]+)-/i.exec(name)?.[1],
    ref,
  };
}

const registryAddress =
  /^(?:(?<host>(?!github\.com|bitbucket\.org)[\w-]+(?:\.[\w-]+)+(?::\d+)?)\/)?(?<namespace>[\w-]+)\/(?<name>[\w-]+)\/(?<provider>[\w-]+)$/i;
const publicRegistries = ["", "registry.terraform.io", "registry.opentofu.org"];
