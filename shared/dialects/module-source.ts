/**
 * What the source of a Terraform module tells:
 * https://developer.hashicorp.com/terraform/language/modules/sources.
 */
export interface ModuleSource {
  /** The publisher in lower case; `undefined` for a local module. */
  readonly owner: string | undefined;
  /** Its name in a registry, its repository's name or its local path, with the subfolder. */
  readonly name: string;
  /** The provider at the end or the beginning of its name in a registry or of its repository. */
  readonly provider: string | undefined;
  /** The branch, tag or commit to fetch. */
  readonly ref: string | undefined;
}

export function moduleSourceOf(source: string): ModuleSource {
  const [address = "", query = ""] = source.split("?", 2);
  const ref = /(?:^|&)ref=([^&]*)/.exec(query)?.[1];
  if (/^(?:\.{0,2}\/|[a-z]:[\\/])/i.test(address))
    return { owner: undefined, name: address, provider: undefined, ref };
  // `//` separates the subfolder of a package, except for the one after a scheme.
  const [packageAddress = "", ...folders] = address.replace("://", ":/").split("//");
  const folder = folders.map((each) => `//${each}`).join("");
  const inRegistry = registryAddress.exec(packageAddress);
  if (inRegistry?.groups !== undefined) {
    const { host = "", namespace = "", name = "", provider } = inRegistry.groups;
    // Only the public registries guarantee who owns a namespace.
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
